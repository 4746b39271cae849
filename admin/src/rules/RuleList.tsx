import { Flex, LinkButton } from '@strapi/design-system';
import { NavLink, useParams } from 'react-router-dom';
import { useReorderRulesMutation, useRulesQuery, useRuleSchemaQuery, type Rule } from '../api/rules';
import { useScannerQuery } from '../api/scanners';
import { AddLink, ListPage } from '../shared/components/ListPage';
import { Notice } from '../shared/components/Notice';
import { EmptyList } from '../shared/components/RecordTable';
import { SortableList } from '../shared/components/SortableList';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useRuleWords } from '../shared/hooks/useRuleWords';
import { useText } from '../shared/hooks/useText';
import { RuleCard } from './RuleCard';
import { RulesMenu } from './RulesMenu';

/** The rules of a scanner in their order: the first that matches decides. */
export function RuleList() {
  const text = useText();
  const { scannerId = '' } = useParams();
  const { canManageScanners, isLoading: isAsking } = useAllowed();
  const { data: scanner, error: notFound } = useScannerQuery(scannerId);
  const list = useRulesQuery(scannerId);
  return (
    <ListPage
      list={{ ...list, error: notFound ?? list.error }}
      isWaiting={isAsking || !scanner}
      title={text('rules.of', { name: scanner?.name })}
      subtitle={text('rules.subtitle')}
      back="../.."
      secondaryAction={
        <Flex gap={2} wrap="wrap">
          {canManageScanners && <RulesMenu scannerId={scannerId} scannerName={scanner?.name ?? ''} rules={list.data ?? []} />}
          <LinkButton tag={NavLink} variant="secondary" size="S" to="../preview" relative="path">
            {text('preview.button')}
          </LinkButton>
        </Flex>
      }
      primaryAction={canManageScanners && <AddLink fullWidth>{text('rules.add')}</AddLink>}
    >
      {(rules) => (
        <Flex direction="column" alignItems="stretch" gap={4}>
          {!scanner?.active && rules.length > 0 && <Notice variant="info">{text('rules.inactiveScanner')}</Notice>}
          {rules.length === 0 ? (
            <EmptyList text={text('rules.empty')} action={canManageScanners && <AddLink>{text('rules.add')}</AddLink>} />
          ) : (
            <SortableRules scannerId={scannerId} rules={rules} />
          )}
        </Flex>
      )}
    </ListPage>
  );
}

function SortableRules({ scannerId, rules }: { scannerId: string; rules: Rule[] }) {
  const text = useText();
  const { canManageScanners } = useAllowed();
  const { data: schema } = useRuleSchemaQuery();
  const words = useRuleWords(schema);
  const [reorder] = useReorderRulesMutation();
  return (
    <SortableList
      label={text('rules.title')}
      instructions={text('sort.instructions')}
      records={rules}
      reorder={(order) => reorder({ scanner: scannerId, order })}
    >
      {(rule, index) => (
        <RuleCard
          key={rule.documentId}
          rule={rule}
          place={index + 1}
          sentence={words.sentence(rule)}
          sortable={canManageScanners && rules.length > 1}
        />
      )}
    </SortableList>
  );
}
