import { findingOf, type Attack } from '../types';

export const attack: Attack = {
  title: 'Who sees their own tickets alone opens one for the address of somebody else’s customer',
  async run({ app }) {
    const create = (type: string, data: object) =>
      app.strapi.documents(`plugin::mail-scanner.${type}` as never).create({ data } as never) as any;
    const account = await create('account', { name: 'Secret Ltd', domain: 'secret-customer.test' });
    const contact = await create('contact', { email: 'jane@secret-customer.test', phone: '555 SECRET', account: account.id });
    await create('ticket', { title: 'Of a colleague', contact: contact.id, account: account.id });
    const token = await signIn(app, ['read-own-tickets', 'edit-tickets', 'edit-contacts', 'merge-tickets']);
    const told: string[] = [];
    for (const contactEmail of ['jane@secret-customer.test', 'new@secret-customer.test'])
      told.push(JSON.stringify((await app.request('POST', '/tickets', { title: 'A way in', contactEmail }, token)).body));
    for (const url of ['/contacts', '/accounts', '/tickets'])
      told.push(JSON.stringify((await app.request('GET', url, undefined, token)).body));
    const wrong = told.filter((answer) => /SECRET|Secret Ltd/.test(answer)).map((answer) => `told: ${answer.slice(0, 100)}`);
    return findingOf(wrong, 'neither the contact nor the account is told');
  },
};

async function signIn(app: Parameters<Attack['run']>[0]['app'], permissions: string[]): Promise<string> {
  const role = await app.strapi.service('admin::role')!.create({ name: 'Own only', description: 'Attack' });
  const granted = permissions.map((uid) => ({ action: `plugin::mail-scanner.${uid}`, subject: null, properties: {}, conditions: [] }));
  await app.strapi.service('admin::role')!.assignPermissions(role.id, granted);
  const login = { email: 'own-only@attack.test', password: 'Passw0rd!role' };
  const user = { ...login, firstname: 'Own', lastname: 'Only', isActive: true, registrationToken: null, roles: [role.id] };
  await app.strapi.service('admin::user')!.create(user);
  const { body } = await app.request('POST', '/admin/login', login, null);
  return body.data.token ?? body.data.accessToken;
}
