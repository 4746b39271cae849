import { startStrapi } from './strapi';

/** A Strapi in a process of its own, whose heap the parent has bounded: tells where it listens and how to log in. */
void startStrapi({ folder: process.env.CHILD_FOLDER! }).then(async ({ base }) => {
  process.send!({ base });
});
