import path from 'path';

export default ({ env }: any) => ({
  'mail-scanner': {
    enabled: env.bool('MAIL_SCANNER_ENABLED', true),
    config: {
      schedule: env.bool('MAIL_SCANNER_SCHEDULE', true),
      engine: env('MAIL_SCANNER_ENGINE', 'database'),
      oauth: env.json('MAIL_SCANNER_OAUTH', {}),
      leaseSeconds: env.int('MAIL_SCANNER_LEASE_SECONDS', 30),
      previousEncryptionKeys: env.array('MAIL_SCANNER_PREVIOUS_ENCRYPTION_KEYS', []),
      monitoring: { token: env('MAIL_SCANNER_MONITORING_TOKEN', ''), metrics: env.bool('MAIL_SCANNER_METRICS', false) },
      privateFolder: path.resolve(__dirname, '..', '..', env('MAIL_SCANNER_PRIVATE_FOLDER', 'private/mail-scanner')),
    },
  },
  'users-permissions': { config: { jwtSecret: env('JWT_SECRET', 'demo-jwt-secret') } },
});
