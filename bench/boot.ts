import { loadStrapi, removeFolder } from '../tests/support/strapi';

/** One start of a Strapi, with the plugin or without (MAIL_SCANNER_ENABLED): the second one on its database, as sites start. */

const MB = 1024 * 1024;

async function main(): Promise<void> {
  const first = await loadStrapi();
  await first.stop();
  const started = performance.now();
  const { stop, folder } = await loadStrapi({ folder: first.folder });
  const ms = performance.now() - started;
  global.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 500));
  global.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  await stop();
  removeFolder(folder);
  console.log(JSON.stringify({ ms, rssMb: rss / MB, heapMb: heapUsed / MB }));
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
