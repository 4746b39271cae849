import { fillYear } from './year';

export default {
  register({ strapi }: any) {
    if (!strapi.plugin('mail-scanner')) return;
    // Required rather than imported: its types are made by a build, which tests do without. docs/extending.md shows it typed.
    const { registerAction, z } = require('strapi-plugin-mail-scanner');
    // An action of the site's own: rules can name it like the built-in ones.
    registerAction(strapi, {
      type: 'raisePriority',
      label: 'Raise the priority of urgent tickets',
      config: z.object({
        words: z
          .array(z.string().min(1))
          .min(1)
          .default(['urgent'])
          .meta({ title: 'Words that make it urgent', description: 'In the subject or the text.' }),
      }),
      describe: ({ words }) => `raise the priority when the text says ${words.join(' or ')}`,
      async run(context, { words }) {
        const text = `${context.message.subject}\n${context.message.visibleText}`.toLowerCase();
        if (context.ticket && words.some((word) => text.includes(word.toLowerCase()))) {
          context.desk.updateTicket(context.ticket, { priority: 'Urgent' });
          context.note('Marked as urgent.');
        }
        return [];
      },
    });
  },
  async bootstrap({ strapi }: any) {
    if (process.env.DEMO_ADMINISTRATOR) await fillYear(strapi, JSON.parse(process.env.DEMO_ADMINISTRATOR));
  },
};
