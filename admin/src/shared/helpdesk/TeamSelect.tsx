import { SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useTeamsQuery } from '../../api/teams';
import { useText } from '../hooks/useText';

interface TeamSelectProps {
  /** A documentId. */
  value: string | null | undefined;
  onChange(team: string | null): void;
  disabled?: boolean;
  size?: 'S' | 'M';
}

/** One of the teams, or none. */
export function TeamSelect({ value, onChange, disabled, size }: TeamSelectProps) {
  const text = useText();
  const { data: teams = [] } = useTeamsQuery();
  return (
    <SingleSelect
      aria-label={text('teams.team')}
      size={size}
      placeholder={text('teams.noTeam')}
      value={value ?? ''}
      onChange={(chosen: string | number) => onChange(String(chosen))}
      onClear={() => onChange(null)}
      disabled={disabled}
    >
      {teams.map(({ documentId, name }) => (
        <SingleSelectOption key={documentId} value={documentId}>
          {name}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  );
}
