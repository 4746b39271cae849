import type { Kind } from '../types';
import { startFromInetd } from './solid-pop3d';

export const kind: Kind = { title: 'popa3d', start: (users) => startFromInetd(users, 'popa3d', ['/usr/sbin/popa3d']) };
