import { expect, test } from '@jest/globals';
import { loggedError } from './logged-error.js';

const fromDatabase = (message: string, code: string) =>
  Object.assign(new Error(message), {
    ...{ severity: 'ERROR', code, detail: 'Failing row contains (budi, halo).', where: 'line 1 of budi' },
    ...{ internalQuery: "select 'budi'", table: 'flags' },
  });

test('says what failed and where, and nothing of the row', () => {
  const shown = loggedError(fromDatabase('null value in column "url"', '23502'));
  expect(shown).toMatchObject({ message: 'null value in column "url"', code: '23502', table: 'flags' });
  expect(JSON.stringify(shown)).not.toContain('budi');
  expect(shown.stack).toContain('logged-error.test');
});

test('of a value that does not fit only the code is told', () => {
  const shown = loggedError(fromDatabase('invalid input syntax for type integer: "budi"', '22P02'));
  expect(shown.message).toBe('data exception 22P02');
  expect(JSON.stringify(shown)).not.toContain('budi');
});

test('any other error is as it was', () => {
  const error = new Error('halo', { cause: new Error('because') });
  expect(loggedError(error)).toMatchObject({ message: 'halo: because', type: 'Error' });
});
