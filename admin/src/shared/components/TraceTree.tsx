import { Box, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { Check, Cross } from '@strapi/icons';
import { styled } from 'styled-components';
import type { RuleTrace, Trace } from '../../api/messages';
import { useRuleSchemaQuery } from '../../api/rules';
import { isGroup, useRuleWords, type RuleWords } from '../hooks/useRuleWords';
import { useAllowed } from '../hooks/useAllowed';
import { useText } from '../hooks/useText';

/** Why a rule matched or did not: each condition with the words that it saw. */
export function TraceTree({ trace }: { trace: RuleTrace[] }) {
  const text = useText();
  // Users without the permission to read rules see the names of fields as the server writes them.
  const { canReadScanners } = useAllowed();
  const { data: schema } = useRuleSchemaQuery(undefined, { skip: !canReadScanners });
  const words = useRuleWords(schema);
  if (trace.length === 0) return <Typography textColor="neutral600">{text('trace.empty')}</Typography>;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {trace.map(({ rule, matched, skipped, conditions }) => (
        <Box key={rule.documentId}>
          <Answer result={matched}>
            <Typography fontWeight="bold">{rule.name}</Typography>
          </Answer>
          {skipped && <Typography textColor="neutral600">{text('trace.otherFolder')}</Typography>}
          {conditions && (
            <Branches>
              <Part trace={conditions} words={words} />
            </Branches>
          )}
        </Box>
      ))}
    </Flex>
  );
}

function Part({ trace, words }: { trace: Trace; words: RuleWords }) {
  const text = useText();
  if (!isGroup(trace)) {
    return (
      <li>
        <Answer result={trace.result}>
          <Typography>{words.condition(trace)}</Typography>
          <Typography textColor="neutral600">{words.saw(trace)}</Typography>
        </Answer>
      </li>
    );
  }
  const kind = text(trace.combinator === 'and' ? 'trace.allOf' : 'trace.oneOf');
  return (
    <li>
      <Answer result={trace.result}>
        <Typography>
          {trace.rules.length === 0 ? text('rule.everyMessage') : trace.not ? text('rule.not', { words: kind }) : kind}
        </Typography>
      </Answer>
      {trace.rules.length > 0 && (
        <Branches>
          {trace.rules.map((part, index) => (
            <Part key={index} trace={part} words={words} />
          ))}
        </Branches>
      )}
    </li>
  );
}

function Answer({ result, children }: { result: boolean; children: React.ReactNode }) {
  const text = useText();
  const Icon = result ? Check : Cross;
  return (
    <Flex gap={2} alignItems="flex-start" paddingTop={1} paddingBottom={1}>
      <Box flex="none" paddingTop={1}>
        <Icon aria-hidden width="1.2rem" height="1.2rem" fill={result ? 'success600' : 'danger600'} />
        <VisuallyHidden>{text(result ? 'common.yes' : 'common.no')}</VisuallyHidden>
      </Box>
      <Words>{children}</Words>
    </Flex>
  );
}

const Words = styled.div`
  display: flex;
  flex-wrap: wrap;
  column-gap: 0.8rem;
  min-width: 0;
  overflow-wrap: anywhere;
`;

const Branches = styled.ul`
  list-style: none;
  margin-left: 0.6rem;
  padding-left: 1.6rem;
  border-left: 1px solid ${({ theme }) => theme.colors.neutral200};
`;
