import { hasPostgres, startPostgres } from '../../tests/support/postgres';
import { firstEmail, setUpDesk, signIn } from './conversation';
import * as outside from './site';
import { skip, step } from './steps';

/** As docs/operations.md has it for who keeps the data: the package goes, the site starts without it, and all is there when it is back. */
export async function reinstalled(site: string, tarball: string): Promise<void> {
  if (!hasPostgres()) return skip('Reinstalled', 'PostgreSQL is not installed');
  const postgres = await startPostgres({ durable: false });
  const restart = async (name: string, count: number | null) => {
    await outside.run(site, 'npx', 'tsc');
    const running = await step(`Reinstalled: ${name}`, () => outside.startSite(site, 'start', postgres.env));
    try {
      const { data, status } = await (await signIn(running.base))<any[]>('GET', '/mail-scanner/tickets');
      if (count === null ? status !== 404 : data?.length !== count) throw new Error(`${status}, and ${data?.length} tickets.`);
    } finally {
      await running.stop();
    }
  };
  try {
    const running = await step('Reinstalled: before', () => outside.startSite(site, 'start', postgres.env));
    try {
      const api = await signIn(running.base);
      const desk = await setUpDesk(api);
      await firstEmail(api, desk).finally(() => desk.stop());
    } finally {
      await running.stop();
    }
    await outside.run(site, 'npm', 'uninstall', 'strapi-plugin-mail-scanner');
    outside.removeReadmeFiles(site);
    await restart('without the package the site starts', null);
    await outside.run(site, 'npm', 'install', tarball);
    outside.writeReadmeFiles(site);
    await restart('installed again, the ticket is there', 1);
  } finally {
    postgres.stop();
  }
}
