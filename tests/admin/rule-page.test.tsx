import { refusal, show } from './support/panel';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { RuleSchema } from '../../admin/src/api/rules';
import { RuleEditor } from '../../admin/src/rules/RuleEditor';
import { PreviewPage } from '../../admin/src/scanners/PreviewPage';

const schema: RuleSchema = {
  fields: [{ name: 'subject', label: 'Subject', type: 'text', operators: ['contains'] }],
  operators: [{ name: 'contains', label: 'contains', type: 'one' }],
  actions: [{ type: 'createContact', label: 'Create contact', fields: [], onTicket: false }],
  ...{ cannedReplies: [], webhooks: [], ticketFields: [], defaultTicketPattern: 'TT\\d+' },
};
const rule = {
  ...{ documentId: 'r1', name: 'Ink', active: true, folders: ['INBOX'], conditions: { combinator: 'and', rules: [] } },
  ...{ actions: [{ type: 'createContact', config: {} }], continueAfterMatch: false, order: 1 },
};
const scanner = { documentId: 's1', name: 'Support', protocol: 'imap' };
const editor = (id: string, permissions: string[], answers = {}) =>
  show(<RuleEditor />, {
    at: `/scanners/s1/rules/${id}`,
    route: '/scanners/:scannerId/rules/:ruleId',
    permissions: ['read-scanners', ...permissions],
    answers: {
      ...{ 'GET /scanners/s1': scanner, 'GET /scanners/s1/folders': [], 'GET /rules/r1': rule, 'GET /rule-schema': schema },
      ...{ 'POST /scanners/s1/rules': rule, 'PUT /rules/r1': rule },
      ...answers,
    },
  });
const name = () => screen.findByRole<HTMLInputElement>('textbox', { name: /^Name/ });

test('a new rule makes contacts and tickets of the inbox, and saved, it leads to the list', async () => {
  const { user, sent, place } = editor('create', ['manage-scanners']);
  await user.type(await name(), 'Ink');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(place()).toMatch(/\/s1\/rules$/));
  const { folders, actions } = sent('POST', '/scanners/s1/rules')[0].body;
  expect([folders, actions.map(({ type }: { type: string }) => type)]).toEqual([['INBOX'], ['createContact', 'createOrUpdateTicket']]);
});

test('a rule that is changed stays open, with what the server refuses at its field', async () => {
  const refused = refusal(400, 'Taken.', [{ path: ['name'], message: 'There is such a rule.' }]);
  const { user, place } = editor('r1', ['manage-scanners'], { 'PUT /rules/r1': refused });
  await user.type(await name(), ' and toner');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('There is such a rule.')).toBeTruthy();
  expect((await name()).value).toBe('Ink and toner');
  expect(place()).toBe('/scanners/s1/rules/r1');
});

test('who may not change rules reads them, and makes none', async () => {
  editor('r1', []);
  expect((await name()).disabled).toBe(true);
  expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
  expect(screen.queryByText('Try this rule')).toBeNull();
});

const preview = (answer: unknown, permissions = ['read-scanners', 'run-scanners']) =>
  show(<PreviewPage />, {
    at: '/scanners/s1/preview',
    route: '/scanners/:scannerId/preview',
    permissions,
    answers: { 'GET /scanners/s1': scanner, 'POST /scanners/s1/preview': answer },
  });

test('the newest emails are looked at, as many as somebody wants, or one that is pasted', async () => {
  const { user, sent } = preview([]);
  await user.click(await screen.findByRole('button', { name: 'Show preview' }));
  expect(await screen.findByText('There are no emails in the folders of the rules.')).toBeTruthy();
  await user.click(screen.getByRole('tab', { name: 'An email as source' }));
  const run = screen.getByRole<HTMLButtonElement>('button', { name: 'Show preview' });
  expect(run.disabled).toBe(true);
  await user.type(screen.getByRole('textbox'), 'Subject: Ink');
  await user.click(run);
  await waitFor(() => expect(sent('POST', '/scanners/s1/preview')).toHaveLength(2));
  expect(sent('POST', '/scanners/s1/preview').map(({ body }) => body)).toEqual([{ limit: 10 }, { source: 'Subject: Ink' }]);
});

test('why there is no preview is said', async () => {
  const { user } = preview(refusal(400, 'The server refused the password.'));
  await user.click(await screen.findByRole('button', { name: 'Show preview' }));
  expect((await screen.findByText('The server refused the password.')).closest('[role=alert]')).toBeTruthy();
});

test('who may not run a scanner looks at no emails', async () => {
  preview([], ['read-scanners']);
  expect(await screen.findByText(/permission/i)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Show preview' })).toBeNull();
});
