import { expect, test } from '@jest/globals';
import { findJava, javaVersion } from './java.js';

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['java version "1.8.0_292"', 8],
  ['openjdk version "25" 2025-09-16', 25],
  ['command not found', 0],
])('reads the feature version of %s', (output, version) => {
  expect(javaVersion(output)).toBe(version);
});

test('a missing Java is one line that says how to get it', async () => {
  await expect(findJava('/nowhere')).rejects.toThrow(
    /^Kafka needs Java, and \/nowhere\/bin\/java does not run: install .*$/,
  );
});
