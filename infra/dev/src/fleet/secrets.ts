import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface DevSecrets {
  readonly 'author-key': string;
  /** Signs what notify sends to the demo platform. */
  readonly 'demo-webhook': string;
  /** Signs what the demo platform answers. */
  readonly 'demo-answer': string;
}

const SECRET_BYTES = 32;

/** Secrets of this machine's fleet: made once, readable by their owner only. */
export function ensureSecrets(file: string): DevSecrets {
  if (!existsSync(file)) {
    const key = () => randomBytes(SECRET_BYTES).toString('base64');
    const secrets: DevSecrets = {
      'author-key': key(),
      'demo-webhook': `whsec_${key()}`,
      'demo-answer': `whsec_${key()}`,
    };
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as DevSecrets;
}
