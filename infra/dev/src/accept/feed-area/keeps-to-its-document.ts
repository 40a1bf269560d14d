import { tests } from '../tests.js';

const CASES = 5_000;

/** The API against its own document, by schemathesis, and every route against every role. */
export const keepsToItsDocument = tests(
  {
    'feed/src/api-document/schemathesis': `no 5xx and no answer beside the document in ${CASES} requests`,
    'feed/src/auth/matrix': 'every route for every role, denied by default',
  },
  { SIAGA_SCHEMATHESIS_CASES: String(CASES) },
);
