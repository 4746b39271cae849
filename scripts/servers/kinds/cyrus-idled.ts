import type { Kind } from '../types';
import { startCyrus } from './cyrus';

export const kind: Kind = { title: 'Cyrus IMAP with idled', start: (users) => startCyrus(users, { idled: true }) };
