import { pageOf, refusal, show } from './support/panel';
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { BlockForm } from '../../admin/src/block-list/BlockForm';
import { CannedReplyForm } from '../../admin/src/canned-replies/CannedReplyForm';
import { NoticeChoicesPage } from '../../admin/src/inbox/notices/NoticeChoicesPage';
import { OutgoingMailForm } from '../../admin/src/outgoing/OutgoingMailForm';
import { RoundTrip } from '../../admin/src/outgoing/RoundTrip';
import { TemplateForm } from '../../admin/src/outgoing/templates/TemplateForm';
import { AlertsForm } from '../../admin/src/settings/AlertsForm';
import { AdditionalSettings } from '../../admin/src/settings';
import { ContentLinksForm } from '../../admin/src/settings/ContentLinksForm';
import { ServiceLevelsForm } from '../../admin/src/settings/ServiceLevelsForm';
import { StatusForm } from '../../admin/src/statuses/StatusForm';
import { TeamForm } from '../../admin/src/teams/TeamForm';
import { NOTICE_KINDS } from '../../shared/vocabulary';

const echo = ({ body }: { body: object }) => body;
const box = (name: string | RegExp) => screen.findByRole<HTMLInputElement>('textbox', { name });
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const save = () => button('Save');

test('the webhook of alerts is kept unless another one is typed, and a test waits until all is saved', async () => {
  const { user, sent } = show(<AlertsForm />, {
    answers: { 'GET /alerts': { afterMinutes: 15, emails: [], webhookHost: 'hooks.test' }, 'PUT /alerts': {}, 'POST /alerts/test': [] },
  });
  await user.type(await box(/^By email to/), 'ops@desk.test');
  expect(button('Send test alert').disabled).toBe(true);
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/alerts')[0].body).toEqual({ afterMinutes: 15, emails: ['ops@desk.test'] }));
  await user.type(await box(/^By webhook/), 'https://new.test/x');
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/alerts')[1].body).toMatchObject({ webhook: 'https://new.test/x' }));
  await waitFor(() => expect(button('Send test alert').disabled).toBe(false));
  await user.click(button('Send test alert'));
  expect(await screen.findByText(/Nobody is told yet/)).toBeTruthy();
});

test('business hours are saved as they are meant, an emptied target as none, and what is refused stands at its day', async () => {
  const target = { firstResponse: 60, resolution: null };
  const levels = {
    ...{ countsBusinessHours: true, waitingPauses: true, dueSoonMinutes: 30 },
    hours: { timeZone: 'Europe/Helsinki', days: [[{ from: '09:00', to: '17:00' }], [], [], [], [], [], []], holidays: [] },
    targets: { Low: target, Normal: target, High: target, Urgent: target },
  };
  const { user, sent } = show(<ServiceLevelsForm />, {
    answers: {
      'GET /service-levels': levels,
      'PUT /service-levels': () => refusal(400, 'No.', [{ path: ['hours', 'days', '1', '1', 'to'], message: 'It ends before it begins.' }]),
    },
  });
  await user.type(await box('Tuesday'), '9-12, 17 – 8:30');
  await user.clear(within(screen.getByRole('group', { name: 'Urgent' })).getByLabelText(/first response/i));
  await user.click(save());
  expect(await screen.findByText('It ends before it begins.')).toBeTruthy();
  const { hours, targets } = sent('PUT', '/service-levels')[0].body;
  expect(hours.days[1]).toEqual([
    { from: '09:00', to: '12:00' },
    { from: '17:00', to: '08:30' },
  ]);
  expect([targets.Urgent.firstResponse, targets.Low.firstResponse]).toEqual([null, 60]);
  expect((await box('Tuesday')).value).toBe('9-12, 17 – 8:30');
});

test('each line is blocked; what the server refuses stays typed', async () => {
  const { user, sent, place } = show(<BlockForm />, {
    answers: { 'POST /block-list': () => refusal(400, 'No.', [{ path: ['targets'], message: 'That is yourself.' }]) },
    at: '/block-list/create',
    route: '/block-list/create',
  });
  await user.type(await box(/^Addresses and domains/), 'a@x.test{Enter}y.test');
  await user.click(save());
  expect(await screen.findByText('That is yourself.')).toBeTruthy();
  expect(sent('POST', '/block-list')[0].body).toMatchObject({ targets: ['a@x.test', 'y.test'] });
  expect((await box(/^Addresses and domains/)).value).toBe('a@x.test\ny.test');
  expect(place()).toBe('/block-list/create');
});

test.each([
  { permissions: ['manage-email-templates'], choice: true, personal: false },
  // Who may not keep those of everybody makes their own.
  { permissions: [], choice: false, personal: true },
])('with $permissions a new canned reply is personal: $personal', async ({ permissions, choice, personal }) => {
  const { user, sent } = show(<CannedReplyForm />, {
    answers: { 'GET /canned-replies': [], 'GET /canned-replies/tags': [], 'POST /canned-replies': echo },
    permissions,
    at: '/replies/create',
    route: '/replies/create',
  });
  await user.type(await box(/^Name/), 'Thanks');
  expect(screen.queryByText('Only for me') !== null).toBe(choice);
  await user.click(save());
  await waitFor(() => expect(sent('POST', '/canned-replies')[0].body).toMatchObject({ name: 'Thanks', personal, files: [] }));
});

test('what a status means is chosen once', async () => {
  const status = { documentId: 's1', name: 'Parts', colour: 'red', kind: 'Wait For Response', active: true };
  const { user, sent } = show(<StatusForm />, {
    answers: { 'GET /ticket-statuses': [status], 'PUT /ticket-statuses/s1': echo },
    at: '/statuses/s1',
    route: '/statuses/:statusId',
  });
  await user.type(await box(/^Name/), '!');
  expect(screen.getByRole('combobox', { name: /mean/i }).getAttribute('aria-disabled')).toBe('true');
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/ticket-statuses/s1')[0].body).toMatchObject({ name: 'Parts!', kind: 'Wait For Response' }));
});

test('a name that there is already is refused at its field', async () => {
  const said = { code: 'status.taken' };
  const error = { status: 400, name: 'ApplicationError', message: 'There is a status of this name already.', details: { said } };
  const { user } = show(<StatusForm />, {
    answers: {
      'GET /ticket-statuses': [],
      'POST /ticket-statuses': () => new Response(JSON.stringify({ data: null, error }), { status: 400 }),
    },
    at: '/statuses/create',
    route: '/statuses/create',
  });
  await user.type(await box(/^Name/), 'Parts');
  await user.click(save());
  await waitFor(async () => expect((await box(/^Name/)).getAttribute('aria-invalid')).toBe('true'));
  expect(screen.getAllByText('There is a status of this name already.')).toHaveLength(2);
});

test('a team keeps who cannot sign in any more until somebody takes them out', async () => {
  const gone = { id: 7, firstname: 'Gone', lastname: 'Girl', absence: null };
  const { user, sent } = show(<TeamForm />, {
    answers: {
      'GET /teams': [{ documentId: 't1', name: 'Orders', colour: 'red', agents: [gone] }],
      'GET /tickets/assignees': [{ id: 1, firstname: 'Ada', lastname: 'Agent', absence: null }],
      'PUT /teams/t1': echo,
    },
    at: '/teams/t1',
    route: '/teams/:teamId',
  });
  await user.type(await box(/^Name/), '!');
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/teams/t1')[0].body).toEqual({ name: 'Orders!', colour: 'red', agents: [7] }));
});

test('a kind of content is linked once, and no text is none', async () => {
  const type = (uid: string, name: string) => ({ uid, name, titles: ['title'], placeholders: ['slug'], texts: ['body'] });
  const { user, sent } = show(<ContentLinksForm />, {
    answers: {
      'GET /content-links': { links: [], available: [type('api::a.a', 'Article'), type('api::f.f', 'Question')] },
      'PUT /content-links': ({ body }: { body: { links: object[] } }) => ({ links: body.links, available: [] }),
    },
  });
  await user.click(await screen.findByRole('button', { name: 'Article' }));
  expect(screen.queryByRole('button', { name: 'Article' })).toBeNull();
  // Nothing was there that it could be emptied to.
  await user.type(await box(/^Address/), 'x{Backspace}');
  await user.click(save());
  await waitFor(() =>
    expect(sent('PUT', '/content-links')[0].body).toEqual({ links: [{ uid: 'api::a.a', title: 'title', url: '', text: null }] }),
  );
});

test('a text that is emptied is saved as an empty one, and a day without hours as a day off', async () => {
  const target = { firstResponse: null, resolution: null };
  const { user, sent } = show(<ServiceLevelsForm />, {
    answers: {
      'GET /service-levels': {
        ...{ countsBusinessHours: true, waitingPauses: true, dueSoonMinutes: 30 },
        hours: { timeZone: 'UTC', days: [[{ from: '09:00', to: '17:00' }], [], [], [], [], [], []], holidays: [] },
        targets: { Low: target, Normal: target, High: target, Urgent: target },
      },
      'PUT /service-levels': echo,
    },
  });
  await user.clear(await box('Monday'));
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/service-levels')[0].body.hours.days[0]).toEqual([]));
});

const outgoing = {
  ...{
    transport: 'smtp',
    host: '',
    port: 587,
    encryption: 'starttls',
    validateCertificate: true,
    username: '',
    fromAddress: '',
    fromName: '',
  },
  ...{ maxPerMinute: null, authorization: null, hasPassword: false, emailProvider: null, warnings: [], warningsSaid: [] },
};
const outgoingForm = (more: object, answers: object = {}) =>
  show(<OutgoingMailForm />, {
    answers: {
      ...{ 'GET /outgoing-mail': { ...outgoing, ...more }, 'PUT /outgoing-mail': {}, 'GET /oauth-providers': [], 'GET /scanners': [] },
      ...answers,
    },
    permissions: ['manage-scanners', 'manage-outgoing-mail'],
  });

test.each([
  { host: '', filled: 'smtp.gmail.com', username: 'desk@gmail.com' },
  { host: 'mail.own.test', filled: 'mail.own.test', username: '' },
])('the sender’s address fills in the server of a known provider: "$host" becomes $filled', async ({ host, filled, username }) => {
  const { user, sent } = outgoingForm({ host });
  await user.type(await box(/^Sender’s address/), 'desk@gmail.com');
  await user.click(save());
  await waitFor(() =>
    expect(sent('PUT', '/outgoing-mail')[0].body).toMatchObject({ host: filled, username, fromAddress: 'desk@gmail.com' }),
  );
  expect(sent('PUT', '/outgoing-mail')[0].body).not.toHaveProperty('password');
});

test('the name of the sender and the user are taken away again', async () => {
  const { user, sent } = outgoingForm({ host: 'mail.own.test', username: 'me', fromName: 'Desk' });
  await user.clear(await box(/^Sender’s name/));
  await user.clear(await box(/^Username/));
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/outgoing-mail')[0].body).toMatchObject({ fromName: '', username: '' }));
});

test('a test email waits for what is saved; an address that is refused says so at its field until it is changed', async () => {
  const { user } = outgoingForm(
    { host: 'mail.own.test', fromAddress: 'desk@own.test' },
    { 'POST /outgoing-mail/test': () => refusal(400, 'No.', [{ path: ['to'], message: 'That is no address.' }]) },
  );
  const to = await box('Send to');
  expect(to.value).toBe('ada@desk.test');
  await user.clear(to);
  await user.type(to, 'nobody');
  await user.click(button('Send test email'));
  expect(await screen.findByText('That is no address.')).toBeTruthy();
  await user.type(await box('Send to'), '@x.test');
  expect(screen.queryByText('That is no address.')).toBeNull();
  await user.type(await box(/^Sender’s name/), 'Desk');
  expect(button('Send test email').disabled).toBe(true);
});

test('a password that somebody has pasted with a blank is asked about', async () => {
  const { user } = outgoingForm({ host: 'mail.own.test' });
  const password = await screen.findByLabelText('Password');
  await user.type(password, ' secret');
  expect(await screen.findByText(/begins or ends with a blank/)).toBeTruthy();
  await user.clear(password);
  await user.type(password, 'two words');
  expect(screen.queryByText(/begins or ends with a blank/)).toBeNull();
});

test('a round trip says that the email came back, and why none left', async () => {
  let isRefused = true;
  const { user } = show(<RoundTrip disabled={false} />, {
    answers: {
      'GET /scanners': [{ documentId: 's1', name: 'Support' }],
      'POST /outgoing-mail/round-trip': () => ({ ok: !isRefused, message: 'The password is wrong.', messageSaid: null }),
      'POST /outgoing-mail/round-trip/look': { address: 'desk@own.test', backAt: '2026-01-01T00:00:00Z' },
    },
    permissions: ['read-scanners'],
  });
  const start = await screen.findByRole<HTMLButtonElement>('button');
  await waitFor(() => expect(start.disabled).toBe(false));
  await user.click(start);
  expect(await screen.findByText('The password is wrong.')).toBeTruthy();
  isRefused = false;
  await user.click(start);
  expect(await screen.findByText(/The email to desk@own.test left and came back/)).toBeTruthy();
});

test('a language that says what it says by itself gets no text of its own', async () => {
  const text = (language: string, isOwn: boolean) => ({ language, isOwn, subject: `Subject ${language}`, body: '<p>x</p>' });
  const { user, sent } = show(<TemplateForm />, {
    answers: {
      'GET /email-templates/change-comments': {
        ...{ key: 'change-comments', name: 'Change', isAutomatic: false, active: true, sendTo: ['contactEmail'], tags: [], warnings: [] },
        ...{
          subject: 'Old',
          body: '<p>$helpdesk-comments$</p>',
          language: 'en',
          texts: {},
          languages: [text('de', false), text('fr', true)],
        },
      },
      'PUT /email-templates/change-comments': {},
      'GET /tickets': pageOf([]),
    },
    at: '/t/change-comments',
    route: '/t/:templateKey',
  });
  expect(await screen.findByText(/The subject lacks \$helpdesk-ticket_no\$/)).toBeTruthy();
  await user.type(await box(/^Subject/), ', or new');
  await user.click(save());
  await waitFor(() => expect(sent('PUT', '/email-templates/change-comments')[0].body).toMatchObject({ subject: 'Old, or new' }));
  expect(Object.keys(sent('PUT', '/email-templates/change-comments')[0].body.texts)).toEqual(['fr']);
});

test('what one is told is chosen by kind and way', async () => {
  const channels = Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, { panel: true, email: false }]));
  const { user, sent } = show(<NoticeChoicesPage />, {
    answers: {
      ...{ 'GET /notices/choices': { channels, withExcerpt: false, digest: null }, 'PUT /notices/choices': echo },
      'GET /tickets/assignees': [],
    },
  });
  await user.click(await screen.findByRole('checkbox', { name: 'A note mentions me: By email' }));
  await user.click(save());
  await waitFor(() =>
    expect(sent('PUT', '/notices/choices')[0].body.channels).toEqual({ ...channels, mention: { panel: true, email: true } }),
  );
});

test('who leaves a tab with changes that are not saved is asked first, and the tab stands in the address', async () => {
  const settings = { ticketPrefix: 'TT', ticketStart: 1, keepSources: 'failed', staffDomains: [], keepLogDays: 7 };
  const { user, place } = show(<AdditionalSettings />, { permissions: ['manage-outgoing-mail'], answers: { 'GET /settings': settings } });
  const prefix = await box(/^Prefix/);
  await user.type(prefix, 'X');
  await user.click(screen.getByRole('tab', { name: 'What is kept' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: /cancel/i }));
  expect(prefix.value).toBe('TTX');
  expect(place()).toBe('/');
  await user.click(screen.getByRole('tab', { name: 'What is kept' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: /confirm/i }));
  expect(await screen.findByDisplayValue('7')).toBeTruthy();
  expect(place()).toBe('/?tab=retention');
});
