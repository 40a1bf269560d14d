import { createHash } from 'node:crypto';

const LENGTH = 32;

/**
 * What stands for a post in log lines, and names its trace: the first half of the id's SHA-256, in hexadecimal. Ids hold handles on
 * some platforms. Who has the id finds the lines; who has the lines does not find the id.
 */
export const postHash = (postId: string | Buffer): string =>
  createHash('sha256').update(postId).digest('hex').slice(0, LENGTH);
