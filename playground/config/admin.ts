// Secrets of a demo on loopback. A real site reads them from its environment, without defaults.
export default ({ env }: any) => ({
  auth: { secret: env('ADMIN_JWT_SECRET', 'demo-admin-jwt-secret') },
  apiToken: { salt: env('API_TOKEN_SALT', 'demo-api-token-salt') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT', 'demo-transfer-salt') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY', 'demo-encryption-key-0123456789ab') },
  flags: { nps: false, promoteEE: false, docLinks: false },
  rateLimit: { enabled: env.bool('ADMIN_RATE_LIMIT', true) },
});
