import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { asyncApiDocument } from './document.js';

/** Where the document is kept, seen from src and from dist alike. */
export const ASYNCAPI_FILE = fileURLToPath(new URL('../../../../docs/asyncapi.yaml', import.meta.url));

/** Its text. What occurs twice is said twice: readers that follow no anchors take it, too. */
export const asyncApiText = (): string =>
  `# Made by npm run asyncapi, of libs/contracts: change it there.\n${stringify(asyncApiDocument(), { aliasDuplicateObjects: false, lineWidth: 120 })}`;
