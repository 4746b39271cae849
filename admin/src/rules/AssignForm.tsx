import * as React from 'react';
import { Checkbox, Field, Flex, MultiSelect, MultiSelectOption, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useAdministrators } from './useAdministrators';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';

const WAYS = ['roundRobin', 'leastLoaded'] as const;

/** To whom the ticket of an email goes: one person, or one of several. */
export function AssignForm({ config, onChange, disabled }: ActionFormProps) {
  const text = useText();
  const users = useAdministrators();
  const people = (Array.isArray(config.people) ? config.people : []).map(String);
  const nameOf = (id: string) => users.find((user) => String(user.id) === id)?.name ?? id;
  const set = (name: string, value: unknown) => onChange({ ...config, [name]: value });
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Field.Root name="people" hint={text('assign.peopleHint')} required>
        <Field.Label>{text('assign.people')}</Field.Label>
        <MultiSelect
          placeholder={text('ticketAction.chooseUser')}
          value={people}
          disabled={disabled}
          customizeContent={(chosen = []) => chosen.map(nameOf).join(', ')}
          onChange={(chosen: string[]) => set('people', chosen.map(Number))}
        >
          {[...users.map(({ id }) => String(id)), ...people.filter((id) => !users.some((user) => String(user.id) === id))].map((id) => (
            <MultiSelectOption key={id} value={id}>
              {nameOf(id)}
            </MultiSelectOption>
          ))}
        </MultiSelect>
        <Field.Hint />
      </Field.Root>
      {people.length > 1 && (
        <Field.Root name="how">
          <Field.Label>{text('assign.how')}</Field.Label>
          <SingleSelect
            value={String(config.how ?? WAYS[0])}
            disabled={disabled}
            onChange={(chosen: string | number) => set('how', chosen)}
          >
            {WAYS.map((way) => (
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
