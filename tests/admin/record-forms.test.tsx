import { show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Trigger, TriggerSchema } from '../../admin/src/api/triggers';
import type { Webhook } from '../../admin/src/api/webhooks';
import { TriggerForm } from '../../admin/src/rules/triggers/TriggerForm';
import { TagForm } from '../../admin/src/tags/TagForm';
import { WebhookForm } from '../../admin/src/webhooks/WebhookForm';

const tag = { documentId: 't1', name: 'Urgent', colour: 'red' };

const webhook: Webhook = {
  ...{ documentId: 'w1', name: 'Stock', host: 'stock.test', headerNames: ['Authorization'], isSigned: false },
  ...{ waiting: 0, failed: 0, lastSentAt: null, lastError: null, lastErrorSaid: null },
};

const trigger: Trigger = {
  ...{ documentId: 'r1', name: 'Remind', active: false, state: 'waitingForCustomer', minutes: 2 * 1_440, countsBusinessHours: false },
  ...{ conditions: { combinator: 'and', rules: [] }, actions: [], startsAt: null },
};

const schema: TriggerSchema = {
  fields: [{ name: 'subject', label: 'Subject', type: 'text', operators: ['contains'] }],
  operators: [{ name: 'contains', label: 'contains', type: 'one' }],
  ...{ actions: [], cannedReplies: [], webhooks: [], ticketFields: [] },
  defaultTicketPattern: '',
};

const nameField = () => screen.findByRole<HTMLInputElement>('textbox', { name: /^Name/ });
const save = () => screen.getByRole('button', { name: 'Save' });

test('a record that is saved leads back to its list, and says so', async () => {
  const { user, sent, place } = show(<TagForm />, {
    answers: { 'GET /tags': [tag], 'PUT /tags/t1': ({ body }: { body: object }) => ({ ...tag, ...body }) },
    at: '/tags/t1',
    route: '/tags/:tagId',
  });
  await user.type(await nameField(), '!');
  await user.click(save());
  expect(await screen.findByText('Urgent!: saved.')).toBeTruthy();
  expect(sent('PUT', '/tags/t1')[0].body).toEqual({ name: 'Urgent!', colour: 'red' });
  await waitFor(() => expect(place()).not.toContain('t1'));
});

test('a record that is gone is an error, and no form for a new one', async () => {
  show(<TagForm />, { answers: { 'GET /tags': [tag] }, at: '/tags/gone', route: '/tags/:tagId' });
  await waitFor(() => expect(document.body.textContent).toMatch(/error|went wrong/i));
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('a webhook keeps where it leads, which nobody is shown, unless that is replaced', async () => {
  const { user, sent } = show(<WebhookForm />, {
    answers: { 'GET /webhooks': [webhook], 'PUT /webhooks/w1': webhook },
    at: '/webhooks/w1',
    route: '/webhooks/:webhookId',
  });
  await user.type(await nameField(), '!');
  expect(screen.queryByRole('textbox', { name: /^URL/ })).toBeNull();
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/webhooks/w1')).toHaveLength(1));
  expect(sent('PUT', '/webhooks/w1')[0].body).toEqual({ name: 'Stock!' });
});

test('a new webhook has its headers by lines, and no secret where none is given', async () => {
  const { user, sent } = show(<WebhookForm />, { answers: { 'GET /webhooks': [], 'POST /webhooks': webhook } });
  await user.type(await nameField(), 'Stock');
  await user.type(screen.getByRole('textbox', { name: /^URL/ }), ' https://stock.test/in ');
  await user.type(screen.getByRole('textbox', { name: /^Headers/ }), 'Authorization: Bearer a:b{enter}{enter}X-Desk: 1');
  await user.click(save());
  await waitFor(() => expect(sent('POST', '/webhooks')).toHaveLength(1));
  expect(sent('POST', '/webhooks')[0].body).toEqual({
    name: 'Stock',
    target: {
      url: 'https://stock.test/in',
      headers: [
        { name: 'Authorization', value: 'Bearer a:b' },
        { name: 'X-Desk', value: '1' },
      ],
      secret: null,
    },
  });
});

test('a time trigger says its minutes in the largest unit that they fill, and is saved in minutes', async () => {
  const { user, sent } = show(<TriggerForm />, {
    answers: { 'GET /triggers': [trigger], 'GET /trigger-schema': schema, 'PUT /triggers/r1': trigger },
    at: '/triggers/r1',
    route: '/triggers/:triggerId',
  });
  const time = await screen.findByRole<HTMLInputElement>('spinbutton', { name: /^For/ });
  expect(time.value).toBe('2');
  await user.type(time, '{backspace}3');
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/triggers/r1')).toHaveLength(1));
  expect(sent('PUT', '/triggers/r1')[0].body).toMatchObject({ name: 'Remind', minutes: 3 * 1_440, alsoExisting: false });
  expect(sent('PUT', '/triggers/r1')[0].body).not.toHaveProperty('unit');
});
