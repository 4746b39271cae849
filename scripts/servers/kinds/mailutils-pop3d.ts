import type { Kind } from '../types';
import { startMailutils } from './mailutils-imap4d';

export const kind: Kind = { title: 'GNU mailutils pop3d', start: (users) => startMailutils(users, 'pop3d') };
