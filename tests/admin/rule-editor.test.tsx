import { FormAround, held, show } from './support/panel';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { ActionsEditor } from '../../admin/src/rules/ActionsEditor';
import type { RuleAction, RuleSchema } from '../../admin/src/api/rules';
import { ConditionsEditor } from '../../admin/src/rules/ConditionsEditor';
import { useRuleWords } from '../../admin/src/shared/hooks/useRuleWords';

const schema: RuleSchema = {
  fields: [
    { name: 'subject', label: 'Subject', type: 'text', operators: ['contains', 'equals'] },
    { name: 'isReply', label: 'Is a reply', type: 'boolean', operators: ['equals'] },
  ],
  operators: [
    { name: 'contains', label: 'contains', type: 'one' },
    { name: 'equals', label: 'is', type: 'one' },
  ],
  actions: [
    { type: 'createContact', label: 'Create contact', fields: [], onTicket: false },
    { type: 'deleteMessage', label: 'Delete', fields: [], onTicket: false },
    { type: 'paint', label: 'Paint it', fields: null, onTicket: false },
  ],
  cannedReplies: [],
  webhooks: [],
  ticketFields: [],
  defaultTicketPattern: 'TT\\d+',
};

function Conditions({ disabled = false }: { disabled?: boolean }) {
  return <ConditionsEditor schema={schema} words={useRuleWords(schema)} disabled={disabled} />;
}

function Actions({ disabled = false }: { disabled?: boolean }) {
  return <ActionsEditor schema={schema} words={useRuleWords(schema)} scannerId="s1" disabled={disabled} />;
}

const spam = { combinator: 'and' as const, rules: [{ field: 'subject', operator: 'contains', value: 'offer' }] };

const conditions = (tree: object, errors = {}, disabled = false) =>
  show(
    <FormAround values={{ conditions: tree }} errors={errors}>
      <Conditions disabled={disabled} />
    </FormAround>,
  );

test('conditions that nobody touched stay as they were saved', async () => {
  conditions(spam);
  expect(await screen.findByDisplayValue('offer')).toBeTruthy();
  expect(held()).toEqual({ conditions: spam });
});

test('a condition is added, filled in and removed', async () => {
  const { user } = conditions({ combinator: 'and', rules: [] });
  await user.click(await screen.findByRole('button', { name: 'Condition' }));
  await user.type(screen.getByRole('textbox', { name: 'Value' }), 'offer');
  expect(held()).toEqual({ conditions: spam });
  await user.click(screen.getByRole('button', { name: 'Remove condition' }));
  expect(held()).toEqual({ conditions: { combinator: 'and', rules: [] } });
});

test('a group stands within a group, with a condition to begin with, and can be turned around', async () => {
  const { user } = conditions(spam);
  await user.click(await screen.findByRole('button', { name: 'Group' }));
  const empty = { field: 'subject', operator: 'contains', value: '' };
  expect(held().conditions.rules).toEqual([...spam.rules, { combinator: 'and', rules: [empty] }]);
  await user.click(screen.getAllByRole('checkbox', { name: 'Not' })[1]);
  expect(held().conditions.rules[1]).toEqual({ combinator: 'and', not: true, rules: [empty] });
  await user.click(screen.getByRole('button', { name: 'Remove group' }));
  expect(held()).toEqual({ conditions: spam });
});

test('conditions and groups change places by keys, into a group and out of it, and the focus stays on the one that moves', async () => {
  const [first, second, third] = ['offer', 'prize', 'win'].map((value) => ({ field: 'subject', operator: 'contains', value }));
  const group = { combinator: 'or' as const, rules: [third] };
  const { user } = conditions({ combinator: 'and', rules: [first, second, group] });
  const downs = () => screen.getAllByRole('button', { name: 'Move Condition down' });
  await screen.findByDisplayValue('offer');
  expect(screen.getAllByRole('button', { name: 'Move Condition up' })[0].getAttribute('aria-disabled')).toBe('true');

  downs()[0].focus();
  await user.keyboard('{Enter}');
  expect(held().conditions.rules).toEqual([second, first, group]);
  await waitFor(() => expect(document.activeElement).toBe(downs()[1]));
  await user.keyboard('{Enter}');
  expect(held().conditions.rules).toEqual([second, { ...group, rules: [first, third] }]);
  // The one that moves is the first of the group now.
  await waitFor(() => expect(document.activeElement).toBe(downs()[1]));

  await user.click(screen.getByRole('button', { name: 'Move Group up' }));
  expect(held().conditions.rules).toEqual([{ ...group, rules: [first, third] }, second]);
  await user.click(downs()[1]);
  expect(held().conditions.rules).toEqual([{ ...group, rules: [first] }, third, second]);
});

test('who may not change a rule moves none of its conditions', async () => {
  conditions(spam, {}, true);
  await screen.findByDisplayValue('offer');
  expect(screen.queryByRole('button', { name: /^Move/ })).toBeNull();
});

test('what the server says about a condition stands below the conditions', async () => {
  conditions(spam, { conditions: { rules: { 0: { value: 'This is no number.' } } } });
  expect(await screen.findByText('This is no number.')).toBeTruthy();
});

const actions = (list: RuleAction[], disabled = false) =>
  show(
    <FormAround values={{ actions: list }}>
      <Actions disabled={disabled} />
    </FormAround>,
  );
const types = () => held().actions.map(({ type }: RuleAction) => type);
const contact = { type: 'createContact', config: {} };
const deletion = { type: 'deleteMessage', config: {} };
const painting = { type: 'paint', config: { color: 'red' } };

test('an action is moved up and down, up to the ends of the list', async () => {
  const { user } = actions([contact, deletion, painting]);
  const buttonsOf = (index: number) => within(screen.getAllByRole('listitem')[index]).getAllByRole('button');
  const isResting = (button: HTMLElement) => button.getAttribute('aria-disabled') === 'true';
  await screen.findAllByRole('listitem');
  expect([buttonsOf(0), buttonsOf(1), buttonsOf(2)].map(([up, down]) => [isResting(up), isResting(down)])).toEqual([
    [true, false],
    [false, false],
    [false, true],
  ]);
  await user.click(buttonsOf(2)[0]);
  expect(types()).toEqual(['createContact', 'paint', 'deleteMessage']);
  await user.click(buttonsOf(0)[1]);
  expect(types()).toEqual(['paint', 'createContact', 'deleteMessage']);
});

test('an action is added at the end, and the right one is removed', async () => {
  const { user } = actions([contact, painting]);
  await user.click(await screen.findByRole('button', { name: /Add action/ }));
  await user.click(await screen.findByRole('menuitem', { name: /[Dd]elete/ }));
  expect(types()).toEqual(['createContact', 'paint', 'deleteMessage']);
  await user.click(within(screen.getAllByRole('listitem')[1]).getByRole('button', { name: /^Remove/ }));
  expect(types()).toEqual(['createContact', 'deleteMessage']);
});

test('the settings of an action without a form are JSON, and what is none changes nothing', async () => {
  const { user } = actions([painting]);
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox');
  await user.clear(field);
  await user.type(field, '{{"color": "blue"');
  expect(held().actions[0].config).toEqual({ color: 'red' });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  await user.type(field, '}');
  expect(held().actions[0].config).toEqual({ color: 'blue' });
});

test('who may not change a rule sees its parts and no way to change them', async () => {
  actions([contact], true);
  expect((await screen.findAllByRole('listitem')).length).toBe(1);
  expect(screen.queryAllByRole('button')).toEqual([]);
});
