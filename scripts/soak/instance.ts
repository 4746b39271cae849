import { startStrapi } from '../../tests/support/strapi';

/** One Strapi of a soak run, in a process of its own that is killed without warning. Says on which address it listens. */
startStrapi({ folder: process.env.SOAK_FOLDER, env: { MAIL_SCANNER_SCHEDULE: 'true', MAIL_SCANNER_LEASE_SECONDS: '3' } }).then(
  ({ base }) => console.log(`ready ${base}`),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
