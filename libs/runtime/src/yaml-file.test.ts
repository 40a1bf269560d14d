import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import Type from 'typebox';
import { SettingsError } from './errors.js';
import { readYamlFile } from './yaml-file.js';

const Schema = Type.Object({
  sources: Type.Array(
    Type.Object(
      { name: Type.String(), rate: Type.Number({ minimum: 1, default: 5 }) },
      { additionalProperties: false },
    ),
  ),
});

function read(text: string): unknown {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'siaga-yaml-')), 'a.yaml');
  writeFileSync(file, text);
  try {
    return readYamlFile(file, Schema);
  } catch (error) {
    return (error as SettingsError).faults.map((fault) => fault.replace(file, 'a.yaml'));
  }
}

describe('readYamlFile', () => {
  it('reads YAML and JSON, with defaults', () => {
    const wanted = { sources: [{ name: 'a', rate: 5 }] };
    expect(read('sources:\n  - name: a\n')).toEqual(wanted);
    expect(read('{"sources":[{"name":"a"}]}')).toEqual(wanted);
  });

  it('names the line and the field of every fault', () => {
    expect(read('# ours\nsources:\n  - name: a\n    rate: 0\n  - rate: 2\n    colour: red\n')).toEqual([
      'a.yaml:4: sources[0].rate must be >= 1',
      'a.yaml:5: sources[1] must have required properties name',
      'a.yaml:6: sources[1] must not have additional properties: colour',
    ]);
  });

  it.each([
    ['text that is no YAML', 'sources: [', /cannot be read.*at line 1/s],
    ['an empty file', '', /^a.yaml:1: the file must be object/],
    [
      'a bomb of aliases',
      `a: &a [x]\n${'bcdefgh'
        .split('')
        .map((k, i) => `${k}: &${k} [${`*${'abcdefgh'[i]},`.repeat(9)}]`)
        .join('\n')}`,
      /cannot be read/,
    ],
  ])('refuses %s', (_what, text, message) => {
    expect((read(text) as string[])[0]).toMatch(message);
  });
});
