import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How a Dovecot asks a provider whether an access token opens a mailbox; passwords still work. */
export interface TokenCheck {
  passdb: string;
  config: string;
  folder: string;
}

/** The script reads `user\0token\0` from descriptor 3 and, if the provider agrees, goes on with Dovecot's program. */
const script = (introspectionUrl: string): string => `#!${process.execPath}
const { readFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const [user, token] = readFileSync(3).toString().split('\\0');
fetch(${JSON.stringify(introspectionUrl)}, { method: 'POST', body: new URLSearchParams({ token, mailbox: user }) })
  .then((answer) => {
    if (!answer.ok) process.exit(1);
    const env = { ...process.env, USER: user };
    process.exit(spawnSync(process.argv[2], process.argv.slice(3), { env, stdio: ['inherit', 'inherit', 'inherit', 'inherit', 4] }).status ?? 111);
  })
  .catch(() => process.exit(111));
`;

export function checkTokensAt(introspectionUrl: string): TokenCheck {
  const folder = mkdtempSync(path.join(tmpdir(), 'check-token-'));
  chmodSync(folder, 0o755);
  const file = path.join(folder, 'check-token.cjs');
  writeFileSync(file, script(introspectionUrl));
  chmodSync(file, 0o755);
  return {
    folder,
    passdb: `passdb {
 driver=checkpassword
 mechanisms=xoauth2
 args=${file}
}
passdb {
 driver=static
 mechanisms=plain login
 args=password=secret
}`,
    // Node reserves more memory than Dovecot's default allows.
    config: `service auth {
 vsz_limit=0
}`,
  };
}
