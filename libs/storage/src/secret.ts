import { createHash, randomBytes } from 'node:crypto';

const SECRET_BYTES = 32;

/** A random secret of 256 bits. It is not kept: what is stored is its hash. */
export const newSecret = (prefix = ''): string => prefix + randomBytes(SECRET_BYTES).toString('base64url');

/** What stands in the database for a secret. A plain hash will do: nobody guesses 256 random bits. */
export const sha256 = (secret: string): Buffer => createHash('sha256').update(secret).digest();
