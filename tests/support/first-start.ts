import { startStrapi } from './strapi';

/** A process that starts Strapi once on the new database of a folder and ends: what tests begin with is a copy of it (database.ts). */
startStrapi({ folder: process.argv[2]! })
  .then((app) => app.stop())
  .then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
