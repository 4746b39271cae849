import * as React from 'react';
import { Checkbox, Field, Flex, Grid, NumberInput, SingleSelect, SingleSelectOption, Tabs, TextInput } from '@strapi/design-system';
import { TabList } from '../shared/components/TabList';
import { Cell } from '../shared/components/Cell';
import { Notice } from '../shared/components/Notice';
import { useText } from '../shared/hooks/useText';
import type { ActionFormProps } from './actionForm';
import { TicketFieldsForm } from './TicketFieldsForm';

const PLACES = ['subject', 'subjectAndText', 'source'] as const;
const SWITCHES = ['reopen', 'matchSameSubject', 'updateOnly'] as const;
/** What the server takes for what is left out. */
const DEFAULTS: Record<(typeof SWITCHES)[number], boolean> = { reopen: true, matchSameSubject: false, updateOnly: false };

/** How "Create or update ticket" finds the ticket, and what it writes into it. */
export function TicketActionForm({ config, onChange, schema, words, disabled }: ActionFormProps) {
  const text = useText();
  const set = (name: string, value: unknown) => onChange({ ...config, [name]: value });
  const searchIn = (config.searchIn as string) ?? 'subject';
  const record = (name: 'onCreate' | 'onUpdate') => (config[name] ?? {}) as Record<string, unknown>;
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Tabs.Root defaultValue="onCreate" variant="simple">
        <TabList aria-label={text('ticketAction.fields')}>
          <Tabs.Trigger value="onCreate">{text('ticketAction.onCreate')}</Tabs.Trigger>
          <Tabs.Trigger value="onUpdate">{text('ticketAction.onUpdate')}</Tabs.Trigger>
        </TabList>
        {(['onCreate', 'onUpdate'] as const).map((name) => (
          <Tabs.Content key={name} value={name}>
            <TicketFieldsForm
              fields={schema.ticketFields}
              words={words}
              values={record(name)}
              onChange={(values) => set(name, values)}
              disabled={disabled}
            />
          </Tabs.Content>
        ))}
      </Tabs.Root>
      <Grid.Root gap={5}>
        <Cell>
          <Field.Root name="searchIn" hint={text('ticketAction.searchInHint')}>
            <Field.Label>{text('ticketAction.searchIn')}</Field.Label>
            <SingleSelect value={searchIn} onChange={(chosen: string | number) => set('searchIn', chosen)} disabled={disabled}>
              {PLACES.map((place) => (
                <SingleSelectOption key={place} value={place}>
                  {text(`ticketAction.${place}`)}
                </SingleSelectOption>
              ))}
            </SingleSelect>
            <Field.Hint />
          </Field.Root>
        </Cell>
        <Cell>
          <Field.Root name="regex" hint={text('ticketAction.regexHint')}>
            <Field.Label>{text('ticketAction.regex')}</Field.Label>
            <TextInput
              value={(config.regex as string) ?? ''}
              placeholder={schema.defaultTicketPattern}
              disabled={disabled}
              onChange={(event: React.ChangeEvent<HTMLInputElement>) => set('regex', event.target.value || undefined)}
            />
            <Field.Hint />
          </Field.Root>
        </Cell>
      </Grid.Root>
      {searchIn === 'source' && <Notice variant="warning">{text('rules.sourceWarning')}</Notice>}
      <Flex direction="column" alignItems="flex-start" gap={3}>
        {SWITCHES.map((name) => (
          <Checkbox
            key={name}
            checked={(config[name] as boolean | undefined) ?? DEFAULTS[name]}
            disabled={disabled}
            onCheckedChange={(checked: boolean) => set(name, checked)}
          >
            {text(`ticketAction.${name}`)}
          </Checkbox>
        ))}
      </Flex>
      <Field.Root name="newAfterDays" hint={text('ticketAction.newAfterDaysHint')}>
        <Field.Label>{text('ticketAction.newAfterDays')}</Field.Label>
        <NumberInput
          value={typeof config.newAfterDays === 'number' ? config.newAfterDays : undefined}
          placeholder={text('ticketAction.never')}
          disabled={disabled}
          onValueChange={(days: number | undefined) => set('newAfterDays', days || null)}
        />
        <Field.Hint />
      </Field.Root>
    </Flex>
  );
}
