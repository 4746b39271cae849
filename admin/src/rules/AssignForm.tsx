import * as React from 'react';
import { Checkbox, Field, Flex, MultiSelect, MultiSelectOption, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useTeamsQuery } from '../api/teams';
import { TeamSelect } from '../shared/helpdesk/TeamSelect';
import { useAdministrators } from './useAdministrators';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';

export const peopleIn = ({ people }: Record<string, unknown>): string[] => (Array.isArray(people) ? people : []).map(String);

interface PeopleProps {
  label: string;
  hint: string;
  value: string[];
  onChange(people: number[]): void;
  disabled: boolean;
  isRequired?: boolean;
}

/** Administrators; one who is gone is shown by their id, so that somebody can take them away. */
export function People({ label, hint, value, onChange, disabled, isRequired = true }: PeopleProps) {
  const text = useText();
  const users = useAdministrators();
  const nameOf = (id: string) => users.find((user) => String(user.id) === id)?.name ?? id;
  return (
    <Field.Root name="people" hint={hint} required={isRequired}>
      <Field.Label>{label}</Field.Label>
      <MultiSelect
        placeholder={text('ticketAction.chooseUser')}
        value={value}
        disabled={disabled}
        customizeContent={(chosen = []) => chosen.map(nameOf).join(', ')}
        onChange={(chosen: string[]) => onChange(chosen.map(Number))}
      >
        {[...users.map(({ id }) => String(id)), ...value.filter((id) => !users.some((user) => String(user.id) === id))].map((id) => (
          <MultiSelectOption key={id} value={id}>
            {nameOf(id)}
          </MultiSelectOption>
        ))}
      </MultiSelect>
      <Field.Hint />
    </Field.Root>
  );
}

const WAYS = ['roundRobin', 'leastLoaded', 'nobody'] as const;

/** Who gets the ticket of an email: a team, one person, or one of several. */
export function AssignForm({ config, onChange, disabled }: ActionFormProps) {
  const text = useText();
  const people = peopleIn(config);
  const set = (name: string, value: unknown) => onChange({ ...config, [name]: value });
  const { data: teams = [] } = useTeamsQuery();
  const team = typeof config.team === 'string' ? config.team : null;
  const ways = WAYS.filter((way) => way !== 'nobody' || team !== null);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      {(teams.length > 0 || team !== null) && (
        <Field.Root name="team" hint={text('assign.teamHint')}>
          <Field.Label>{text('teams.team')}</Field.Label>
          <TeamSelect
            value={team}
            onChange={(chosen) =>
              onChange({ ...config, team: chosen, ...(chosen === null && config.how === 'nobody' ? { how: WAYS[0] } : {}) })
            }
            disabled={disabled}
          />
          <Field.Hint />
        </Field.Root>
      )}
      <People
        isRequired={team === null}
        label={text('assign.people')}
        hint={text('assign.peopleHint')}
        value={people}
        onChange={(chosen) => set('people', chosen)}
        disabled={disabled}
      />
      {(people.length > 1 || team !== null) && (
        <Field.Root name="how">
          <Field.Label>{text('assign.how')}</Field.Label>
          <SingleSelect
            value={String(config.how ?? WAYS[0])}
            disabled={disabled}
            onChange={(chosen: string | number) => set('how', chosen)}
          >
            {ways.map((way) => (
              <SingleSelectOption key={way} value={way}>
                {text(`assign.${way}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
      )}
      <Checkbox checked={config.reassign === true} disabled={disabled} onCheckedChange={(checked: boolean) => set('reassign', checked)}>
        {text('assign.reassign')}
      </Checkbox>
    </Flex>
  );
}
