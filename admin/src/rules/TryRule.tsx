import * as React from 'react';
import { Box, Button, Field, Flex, Link, SingleSelect, SingleSelectOption, Tabs, Textarea, Typography } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import { useForm } from '@strapi/strapi/admin';
import { NavLink } from 'react-router-dom';
import { useMessagesQuery } from '../api/messages';
import { Notice } from '../shared/components/Notice';
import { Panel } from '../shared/components/Panel';
import { PreviewedMessageDetails } from '../shared/components/PreviewedMessageDetails';
import { TabList } from '../shared/components/TabList';
import { TraceTree } from '../shared/components/TraceTree';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';
import { useTryRuleMutation, type RuleInput, type RuleTrial, type RuleTry, type TriedCount } from '../api/rules';
import { readEmail } from './readEmail';

interface TryRuleProps {
  scannerId: string;
  /** Of the rule that is changed; undefined for a new one. */
  ruleId?: string;
  values: RuleInput;
  /** The row of the scan log that the rule was made from. */
  message?: string;
}

type Email = Pick<RuleTrial, 'message' | 'source' | 'encoding'>;

/** What the rule would do as it stands in the form, before it is saved. */
export function TryRule({ scannerId, ruleId, values, message }: TryRuleProps) {
  const text = useText();
  const { canReadScanLog } = useAllowed();
  const { describeError, fieldErrors } = useFeedback();
  const setErrors = useForm('TryRule', (form) => form.setErrors);
  const [tryRule, { data, error, isLoading }] = useTryRuleMutation();
  const [email, setEmail] = React.useState<Email>(message ? { message } : {});
  const run = async () => {
    // A rule without a name is tried all the same.
    const rule = { ...values, name: values.name.trim() || text('try.unnamed') };
    const answer = await tryRule({ scanner: scannerId, data: { ruleId, rule, ...email } });
    const errors = 'error' in answer && fieldErrors(answer.error!);
    if (errors) setErrors(errors);
  };
  return (
    <Panel title={text('try.title')} hint={text('try.hint')}>
      <Tabs.Root defaultValue={canReadScanLog ? 'log' : 'source'} variant="simple" onValueChange={() => setEmail({})}>
        <TabList aria-label={text('preview.what')}>
          {canReadScanLog && <Tabs.Trigger value="log">{text('try.log')}</Tabs.Trigger>}
          <Tabs.Trigger value="source">{text('try.source')}</Tabs.Trigger>
        </TabList>
        {canReadScanLog && (
          <Tabs.Content value="log">
            <Box paddingTop={5}>
              <LoggedEmails scannerId={scannerId} value={email.message ?? ''} onChange={(id) => setEmail(id ? { message: id } : {})} />
            </Box>
          </Tabs.Content>
        )}
        <Tabs.Content value="source">
          <Box paddingTop={5}>
            <GivenEmail value={email} onChange={setEmail} />
          </Box>
        </Tabs.Content>
      </Tabs.Root>
      <Flex>
        <Button type="button" variant="secondary" startIcon={<Play />} loading={isLoading} onClick={run}>
          {text('try.run')}
        </Button>
      </Flex>
      {error && !isLoading && (
        <Notice variant="danger" live title={text('try.failed')}>
          {describeError(error)}
        </Notice>
      )}
      {data && !isLoading && !error && <Result result={data} />}
    </Panel>
  );
}

function LoggedEmails({ scannerId, value, onChange }: { scannerId: string; value: string; onChange(id: string): void }) {
  const text = useText();
  const { data } = useMessagesQuery({ scanner: scannerId, pageSize: 50 });
  const messages = data?.data ?? [];
  const isOlder = value !== '' && !messages.some(({ documentId }) => documentId === value);
  return (
    <Field.Root name="tryMessage" hint={text('try.messageHint')}>
      <Field.Label>{text('try.message')}</Field.Label>
      <SingleSelect
        value={value}
        placeholder={text('try.noMessage')}
        onChange={(id: string | number) => onChange(String(id))}
        onClear={() => onChange('')}
      >
        {isOlder && <SingleSelectOption value={value}>{text('try.thisMessage')}</SingleSelectOption>}
        {messages.map(({ documentId, subject, fromAddress }) => (
          <SingleSelectOption key={documentId} value={documentId}>
            {`${subject || text('common.noSubject')} · ${fromAddress ?? ''}`}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
    </Field.Root>
  );
}

function GivenEmail({ value, onChange }: { value: Email; onChange(email: Email): void }) {
  const text = useText();
  const labelId = React.useId();
  const input = React.useRef<HTMLInputElement>(null);
  const [file, setFile] = React.useState<string | null>(null);
  const choose = async (event: React.ChangeEvent<HTMLInputElement>) => {
    const [chosen] = event.target.files ?? [];
    if (!chosen) return;
    setFile(chosen.name);
    onChange(await readEmail(chosen));
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root name="trySource" hint={text('preview.sourceHint')}>
        <Field.Label>{text('preview.sourceLabel')}</Field.Label>
        <Textarea
          value={value.encoding === 'base64' ? '' : (value.source ?? '')}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => {
            setFile(null);
            onChange(event.target.value ? { source: event.target.value } : {});
          }}
          style={{ fontFamily: 'monospace' }}
        />
        <Field.Hint />
      </Field.Root>
      <Flex gap={3} wrap="wrap">
        <Typography id={labelId}>{text('try.file')}</Typography>
        <input ref={input} type="file" accept=".eml,message/rfc822" aria-labelledby={labelId} hidden onChange={choose} />
        <Button type="button" variant="tertiary" size="S" aria-describedby={labelId} onClick={() => input.current?.click()}>
          {text('try.chooseFile')}
        </Button>
        {file !== null && <Typography textColor="neutral600">{file}</Typography>}
      </Flex>
    </Flex>
  );
}

function Result({ result: { own, message, problem, problemSaid, counted } }: { result: RuleTry }) {
  const text = useText();
  const serverText = useServerText();
  const isTakenBefore = own?.matched && message?.rule && message.rule.documentId !== own.rule.documentId;
  return (
    <Flex direction="column" alignItems="stretch" gap={4} role="status">
      {counted && <Counted count={counted} />}
      {problem && <Notice variant="warning">{serverText(problem, problemSaid)}</Notice>}
      {own && (
        <Notice variant={own.matched ? 'success' : 'info'} title={text(own.matched ? 'try.matches' : 'try.matchesNot')}>
          <Flex direction="column" alignItems="stretch" gap={2}>
            {isTakenBefore && <Typography>{text('try.takenBefore', { rule: message!.rule!.name })}</Typography>}
            <TraceTree trace={[own]} />
          </Flex>
        </Notice>
      )}
      {message && (
        <Box borderColor="neutral200" hasRadius>
          <PreviewedMessageDetails message={message} />
        </Box>
      )}
    </Flex>
  );
}

/** Over what it was counted stands beside the number: a rule may ask for what is not kept. */
function Counted({ count: { counted, met, unknown, isCutShort, examples } }: { count: TriedCount }) {
  const text = useText();
  return (
    <Notice variant="info" title={text('try.counted', { met, counted })}>
      <Flex direction="column" alignItems="stretch" gap={1}>
        <Typography>{text('try.countedOver')}</Typography>
        {unknown > 0 && <Typography>{text('try.unknown', { count: unknown })}</Typography>}
        {isCutShort && <Typography>{text('try.cutShort')}</Typography>}
        {examples.length > 0 && (
          <Box tag="ul">
            {examples.map(({ documentId, subject, fromAddress }) => (
              <li key={documentId}>
                <Typography variant="pi" style={{ overflowWrap: 'anywhere' }}>
                  {`${subject || text('common.noSubject')} · ${fromAddress}`}
                </Typography>
              </li>
            ))}
          </Box>
        )}
        {met > 0 && (
          <Link tag={NavLink} to="/settings/mail-scanner/scan-log">
            {text('settings.scanLog')}
          </Link>
        )}
      </Flex>
    </Notice>
  );
}
