import { Flex, IconButton, Link, Typography } from '@strapi/design-system';
import { Pencil, WarningCircle } from '@strapi/icons';
import { NavLink } from 'react-router-dom';
import { styled } from 'styled-components';
import { useDeleteRuleMutation, useUpdateRuleMutation, type Rule } from '../api/rules';
import { CopyRule } from './CopyRule';
import { ActiveSwitch } from '../shared/components/ActiveSwitch';
import { DeleteButton } from '../shared/components/DeleteButton';
import { useSortableItem } from '../shared/components/SortableList';
import { useAllowed } from '../shared/hooks/useAllowed';
import { useFeedback } from '../shared/hooks/useFeedback';
import { useServerText } from '../shared/hooks/useServerText';
import { useText } from '../shared/hooks/useText';

interface RuleCardProps {
  rule: Rule;
  place: number;
  sentence: string;
  sortable: boolean;
}

/** A rule in the list, in a sentence. It is moved by its handle: with the mouse, or with Space and the arrow keys. */
export function RuleCard({ rule, place, sentence, sortable }: RuleCardProps) {
  const text = useText();
  const { canManageScanners } = useAllowed();
  const { ref, style, isDragging, handle } = useSortableItem(rule, sortable);
  const serverText = useServerText();
  const { documentId, name, warnings, warningsSaid } = rule;
  return (
    <Card ref={ref} $lifted={isDragging} style={style}>
      {handle}
      <Typography variant="pi" textColor="neutral600" aria-hidden>
        {place}
      </Typography>
      <Words>
        <Link tag={NavLink} to={documentId}>
          {name}
        </Link>
        <Typography textColor={rule.active ? 'neutral800' : 'neutral600'}>{sentence}</Typography>
        <Typography variant="pi" textColor="neutral600">
          {text('rules.inFolders', { folders: rule.folders.join(', ') })}
          {rule.continueAfterMatch && ` · ${text('rules.continues')}`}
        </Typography>
        {warnings.map((warning, index) => (
          <Flex key={warning} gap={2} alignItems="flex-start">
            <WarningCircle aria-hidden fill="warning600" style={{ flex: 'none' }} />
            <Typography variant="pi" textColor="neutral800">
              {serverText(warning, warningsSaid[index])}
            </Typography>
          </Flex>
        ))}
      </Words>
      <Flex gap={2}>
        <RuleSwitch rule={rule} disabled={!canManageScanners} />
        <IconButton tag={NavLink} label={text('rules.edit', { name })} variant="ghost" to={documentId}>
          <Pencil />
        </IconButton>
        {canManageScanners && <CopyRule rule={rule} />}
        {canManageScanners && <DeleteRule rule={rule} />}
      </Flex>
    </Card>
  );
}

function RuleSwitch({ rule, disabled }: { rule: Rule; disabled: boolean }) {
  const text = useText();
  const { failure } = useFeedback();
  const [update, { isLoading }] = useUpdateRuleMutation();
  const change = async (active: boolean) => {
    const answer = await update({ id: rule.documentId, data: { active } });
    if ('error' in answer) failure(answer.error!);
  };
  return (
    <ActiveSwitch
      label={text('rules.activeSwitch', { name: rule.name })}
      active={rule.active}
      disabled={disabled || isLoading}
      onChange={change}
    />
  );
}

function DeleteRule({ rule: { documentId, name } }: { rule: Rule }) {
  const text = useText();
  const [remove] = useDeleteRuleMutation();
  return (
    <DeleteButton name={name} remove={() => remove(documentId)}>
      {text('rules.deleteText')}
    </DeleteButton>
  );
}

const Card = styled.li<{ $lifted: boolean }>`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 1.2rem;
  margin-bottom: 0.8rem;
  padding: 1.2rem 1.6rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme, $lifted }) => ($lifted ? theme.shadows.popupShadow : theme.shadows.filterShadow)};
  position: relative;
  z-index: ${({ $lifted }) => ($lifted ? 1 : 0)};
`;

const Words = styled.div`
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  gap: 0.4rem;
  flex: 1 1 24rem;
  min-width: 0;
  overflow-wrap: anywhere;
`;
