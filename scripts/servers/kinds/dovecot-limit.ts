import type { Kind } from '../types';
import { startOwnDovecot } from './dovecot-prefix';

const LIMIT = 10;

export const kind: Kind = {
  title: `Dovecot, ${LIMIT} connections a user`,
  start: async () => ({
    ...(await startOwnDovecot({ config: `mail_max_userip_connections=${LIMIT}` })),
    limit: LIMIT,
  }),
};
