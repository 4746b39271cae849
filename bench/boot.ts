import { loadStrapi } from '../tests/support/strapi';

/**
 * One start of a Strapi, with the plugin or without (MAIL_SCANNER_ENABLED), on the database of BENCH_FOLDER, which an earlier one has filled: as
 * sites start. Without that folder, it makes one and says where it is.
 */

const MB = 1024 * 1024;

async function main(): Promise<void> {
  // The package has none, and a site reads none.
  process.setSourceMapsEnabled(false);
  const started = performance.now();
  const { stop, folder } = await loadStrapi({ folder: process.env.BENCH_FOLDER });
  const ms = performance.now() - started;
  global.gc?.();
  await new Promise((resolve) => setTimeout(resolve, 500));
  global.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  await stop();
  console.log(JSON.stringify({ ms, rssMb: rss / MB, heapMb: heapUsed / MB, folder }));
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
