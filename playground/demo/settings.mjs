import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the parts of the demo have to agree on. Ports can be changed by the environment when they are taken. */

export const HOST = '127.0.0.1';
export const IMAP_PORT = Number(process.env.DEMO_IMAP_PORT ?? 1143);
export const SMTP_PORT = Number(process.env.DEMO_SMTP_PORT ?? 1025);

/** The helpdesk's mailbox. */
export const SUPPORT_ADDRESS = 'support@demo.example';
/** Of every mailbox of the demo: it is reachable from this computer alone. */
export const PASSWORD = 'demo';

/** Where the mail server keeps its mailboxes. */
export const MAIL_FOLDER = process.env.DEMO_MAIL_FOLDER ?? path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../.tmp/mail');
