import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addScanner, CREATE_TICKET, eventually, mail, setUpOutgoing } from '../support/helpdesk';
import { startHoodiecrow } from '../support/hoodiecrow';
import type { TestMailServer } from '../support/mail-server';
import { siteWith } from '../support/site';
import { startSmtpSink, type SmtpSink } from '../support/smtp-sink';
import { removeFolder, startStrapi, type TestStrapi } from '../support/strapi';

/** The playground with attributes of its own on tickets, added as Strapi's documentation says. */
describe('a site that extends the ticket', () => {
  let app: TestStrapi;
  let server: TestMailServer;
  let sink: SmtpSink;
  let site: ReturnType<typeof siteWith>;

  beforeAll(async () => {
    site = siteWith({
      'strapi-server.js':
        "module.exports = (plugin) => { plugin.contentTypes.ticket.schema.attributes = { ...plugin.contentTypes.ticket.schema.attributes, branch: { type: 'string', regex: '^[A-Z]' }, tags: { type: 'string' }, floor: { type: 'integer' }, region: { type: 'enumeration', enum: ['North', 'South'] }, hidden: { type: 'string', private: true }, links: { type: 'json' } }; return plugin; };",
    });
    server = await startHoodiecrow();
    sink = await startSmtpSink();
    app = await startStrapi({ distDir: site.distDir });
    await setUpOutgoing(app, sink);
  });

  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await server?.stop();
    if (app) removeFolder(app.folder);
    site?.remove();
  });

  test('sees its attribute offered, sets it by a rule, and has it in emails', async () => {
    const { ticketFields } = await app.api('GET', '/rule-schema');
    expect(ticketFields).toContainEqual(expect.objectContaining({ name: 'branch', type: 'string' }));
    const actions = [CREATE_TICKET[0], { type: 'createOrUpdateTicket', config: { onCreate: { branch: 'Bern' } } }];
    const own = await addScanner(app, server, [{ actions }]);
    await server.append('INBOX', mail({ from: 'extended@customer.test', subject: 'With a branch' }));
    await app.api('POST', `/scanners/${own.documentId}/run`);
    const [ticket] = await app.api('GET', '/tickets?search=With a branch');
    expect(ticket.branch).toBe('Bern');
    const template = await app.api('GET', '/email-templates/change-comments');
    await app.api('PUT', '/email-templates/change-comments', { body: `${template.body}<p>Branch: $helpdesk-branch$</p>` });
    await app.api('POST', `/tickets/${ticket.documentId}/comments`, { text: 'From the branch.', isPublic: true });
    const sent = await eventually(() => sink.mails.find(({ to }) => to.includes('extended@customer.test')));
    expect(sent.parsed.text).toContain('Branch: Bern');
  });

  test('has its attributes on the page of a ticket, to be changed there, but for what is private or has parts', async () => {
    const given = { title: 'Fields', branch: 'Basel', region: 'North', hidden: 'secret', links: { to: 'there' } };
    const { documentId } = await app.api('POST', '/tickets', given);
    const fields = async () => (await app.api('GET', `/tickets/${documentId}`)).siteFields;
    const usual = { isRequired: false, isWritable: true };
    expect(await fields()).toEqual([
      { ...usual, name: 'branch', label: 'Branch', type: 'text', value: 'Basel' },
      { ...usual, name: 'tags', label: 'Tags', type: 'text', value: null },
      { ...usual, name: 'floor', label: 'Floor', type: 'number', value: null },
      { ...usual, name: 'region', label: 'Region', type: 'choice', options: ['North', 'South'], value: 'North' },
    ]);
    await app.api('PUT', `/tickets/${documentId}`, { floor: 3, region: null });
    expect((await fields()).map(({ value }: any) => value)).toEqual(['Basel', null, 3, null]);
    const refused = await app.request('PUT', `/tickets/${documentId}`, { branch: 'basel' });
    expect([refused.status, refused.body.error.message]).toEqual([400, expect.stringContaining('branch must match')]);
  });

  test('keeps its own attribute called "tags", which has nothing to do with the tags of the helpdesk', async () => {
    const tag = await app.api('POST', '/tags', { name: 'VIP' });
    const { documentId } = await app.api('POST', '/tickets', { title: 'Both', tags: 'blue,heavy', addTags: [tag.documentId] });
    const [stored] = await app.strapi.documents('plugin::mail-scanner.ticket').findMany({ filters: { documentId } as never });
    expect(stored).toMatchObject({ tags: 'blue,heavy' });
    expect(await app.api('GET', `/tickets?view=all&tag=${tag.documentId}`)).toMatchObject([{ title: 'Both', tags: [{ name: 'VIP' }] }]);
    await app.api('PUT', `/tickets/${documentId}`, { removeTags: [tag.documentId] });
    expect((await app.api('GET', `/tickets/${documentId}`)).tags).toEqual([]);
    expect(await app.strapi.db.query('plugin::mail-scanner.ticket').findOne({ where: { documentId } })).toMatchObject({
      tags: 'blue,heavy',
    });
  });
});
