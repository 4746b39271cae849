import type { Kind } from '../types';
import { startCyrus } from './cyrus';

export const kind: Kind = { title: 'Cyrus POP3', start: (users) => startCyrus(users, 'pop3') };
