import { Notice } from './notice.js';

/** The JSON Schema of a notice, for those who receive it. */
export const noticeSchema = (): string =>
  JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...Notice }, undefined, 2);
