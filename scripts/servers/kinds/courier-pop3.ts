import type { Kind } from '../types';
import { startCourier } from './courier-imap';

export const kind: Kind = { title: 'Courier POP3', start: (users) => startCourier(users, 'pop3') };
