import { SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useAssigneesQuery, type Agent } from '../api/tickets';
import { useText } from '../shared/hooks/useText';
import { useAgentLabel } from '../shared/helpdesk/useAgentLabel';

interface AssigneeSelectProps {
  label: string;
  value: Agent | null;
  onChange(id: number | null): void;
  disabled?: boolean;
}

/** The person who takes care of a ticket. A person who left stays visible until another one is chosen. */
export function AssigneeSelect({ label, value, onChange, disabled }: AssigneeSelectProps) {
  const text = useText();
  const labelOf = useAgentLabel();
  const { data: agents = [] } = useAssigneesQuery();
  const offered = value && !agents.some(({ id }) => id === value.id) ? [value, ...agents] : agents;
  return (
    <SingleSelect
      aria-label={label}
      size="S"
      placeholder={text('inbox.nobody')}
      value={value ? String(value.id) : ''}
      onChange={(id: string | number) => onChange(Number(id))}
      onClear={() => onChange(null)}
      disabled={disabled}
    >
      {offered.map((agent) => (
        <SingleSelectOption key={agent.id} value={String(agent.id)}>
          {labelOf(agent)}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}
