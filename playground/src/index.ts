/** An action of the site's own: rules can name it like the built-in ones. */
const raisePriority = {
  type: 'raisePriority',
  label: 'Raise the priority of urgent tickets',
  config: undefined as any,
  describe: ({ words }: { words: string[] }) => `raise the priority when the text says ${words.join(' or ')}`,
  async run(context: any, { words }: { words: string[] }) {
    const text = `${context.message.subject}\n${context.message.visibleText}`.toLowerCase();
    if (context.ticket && words.some((word) => text.includes(word.toLowerCase()))) {
      context.desk.updateTicket(context.ticket, { priority: 'Urgent' });
      context.note('Marked as urgent.');
    }
    return [];
  },
};

export default {
  register({ strapi }: any) {
    const { z } = require('@strapi/utils');
    raisePriority.config = z.object({
      words: z
        .array(z.string().min(1))
        .min(1)
        .default(['urgent'])
        .meta({ title: 'Words that make it urgent', description: 'In the subject or the text.' }),
    });
    strapi.plugin('mail-scanner')?.service('actions').register(raisePriority);
  },
  bootstrap() {},
};
