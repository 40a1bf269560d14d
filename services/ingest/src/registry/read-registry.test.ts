import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { SettingsError } from '@siaga/runtime';
import { hostRates } from './host-rates.js';
import { readRegistry } from './read-registry.js';

function read(text: string): unknown {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'siaga-registry-')), 'sources.yaml');
  writeFileSync(file, text);
  try {
    return readRegistry(file);
  } catch (error) {
    return (error as SettingsError).faults.map((fault) => fault.replace(file, 'sources.yaml'));
  }
}

describe('readRegistry', () => {
  it('reads entries of every kind', () => {
    const file = { name: 'mine', kind: 'file', path: 'a.ndjson' };
    const feed = { name: 'kabar', kind: 'feed', url: 'https://kabar.invalid/rss', pollSeconds: 60 };
    expect(read(JSON.stringify({ sources: [file, feed] }))).toEqual([file, feed]);
    expect(read('sources: []')).toEqual([]);
  });

  it('names line and field of every fault at once', () => {
    const faults = read(`sources:
  - name: kabar
    kind: feed
    url: ftp://kabar.invalid
  - name: Kabar Dua
    kind: feed
    url: https://kabar.invalid/2
    pollSecond: 5
  - kind: fed
  - name: kabar
    kind: file
    path: a.ndjson
`);
    expect(faults).toEqual([
      'sources.yaml:4: sources[0].url must match pattern "^https?://[^\\\\s]+$"'.replace('\\\\', '\\'),
      'sources.yaml:8: sources[1] must not have additional properties: pollSecond',
      'sources.yaml:5: sources[1].name must match pattern "^[a-z0-9][a-z0-9._-]{0,62}$"',
      expect.stringMatching(/^sources.yaml:9: sources\[2\].kind must be one of file, spool, feed/),
      'sources.yaml:10: sources[3].name is the name of sources[0] too',
    ]);
  });

  it.each(['', 'sources:', 'sources: 3', '[]'])('says what it wants instead of %j', (text) => {
    expect(read(text)).toEqual(['sources.yaml:1: sources must be a list; "sources: []" is an empty one']);
  });
});

describe('hostRates', () => {
  it('keeps to the lowest rate that any source of a host asks for', () => {
    const entry = { kind: 'feed', url: 'https://kabar.invalid/rss' } as const;
    const rates = hostRates([
      { ...entry, name: 'a', rate: 0.5 },
      { ...entry, name: 'b' },
      { kind: 'mastodon', url: 'https://kabar.invalid', name: 'c', rate: 0.1 },
      { ...entry, name: 'd', url: 'https://lain.invalid/rss', rate: 5 },
      { kind: 'file', path: 'a.ndjson', name: 'e' },
    ]);
    expect(Object.fromEntries(rates)).toEqual({ 'kabar.invalid': 0.1, 'lain.invalid': 5 });
  });
});
