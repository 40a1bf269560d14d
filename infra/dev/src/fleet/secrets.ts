import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface DevSecrets {
  readonly 'author-key': string;
  /** Signs what notify sends to the demo platform. */
  readonly 'demo-webhook': string;
  /** Signs what the demo platform answers. */
  readonly 'demo-answer': string;
  /** What webhooks and unsubscribe links of saved queries are signed with. */
  readonly 'subscription-key': string;
  /** For a source of kind push. */
  readonly 'push-token': string;
}

const SECRET_BYTES = 32;

/** Secrets of this machine's fleet: made once, readable by their owner only. */
export function ensureSecrets(file: string): DevSecrets {
  const key = () => randomBytes(SECRET_BYTES).toString('base64');
  const made: DevSecrets = {
    'author-key': key(),
    'demo-webhook': `whsec_${key()}`,
    'demo-answer': `whsec_${key()}`,
    'subscription-key': key(),
    'push-token': randomBytes(SECRET_BYTES).toString('base64url'),
  };
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<DevSecrets>) : {};
  const secrets = { ...made, ...known };
  // A later version may need one more; what there is stays, whatever it is.
  if (Object.keys(made).some((name) => !Object.hasOwn(known, name))) {
    writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  }
  return secrets;
}
