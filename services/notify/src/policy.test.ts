import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SettingsError } from '@siaga/runtime';
import { readPolicy } from './policy.js';

const DEMO = readFileSync(new URL('../../../infra/dev/policy.yaml', import.meta.url), 'utf8');

function faultsOf(policy: string): readonly string[] {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'siaga-policy-')), 'policy.yaml');
  writeFileSync(file, policy);
  try {
    readPolicy(file);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map((fault) => fault.replace(/^.*policy\.yaml:/, ''));
    throw error;
  }
}

const demo = DEMO.replaceAll('${port.platform}', '8000');
const lineOf = (text: string) => demo.slice(0, demo.indexOf(text)).split('\n').length;

describe('the policy file', () => {
  it('of the demo has no fault', () => {
    expect(faultsOf(demo)).toEqual([]);
  });

  it('names the kinds of channel that there are', () => {
    expect(faultsOf(demo.replace('kind: webhook', 'kind: pigeon'))).toEqual([
      expect.stringContaining('platforms.demo.channel.kind'),
    ]);
  });

  it('is checked by the schema of each channel’s kind', () => {
    const faults = faultsOf(demo.replace('secret: demo-webhook', 'secrets: demo-webhook'));
    expect(faults).toEqual(
      expect.arrayContaining([
        `${lineOf('secret: demo-webhook')}: platforms.demo.channel must not have additional properties: secrets`,
        expect.stringContaining('platforms.demo.channel must have required propert'),
      ]),
    );
  });

  it('checks a fallback like a channel, and when it is taken', () => {
    const fallback =
      '    fallback: { kind: webhook, url: "http://127.0.0.1:1/" }\n    fallbackFrom: 2\n    answerSecret: demo-answer';
    const faults = faultsOf(demo.replace('    answerSecret: demo-answer', fallback)).join('\n');
    expect(faults).toContain('platforms.demo.fallbackFrom');
    const inTime = faultsOf(demo.replace('    answerSecret: demo-answer', fallback.replace('From: 2', 'From: 0.3')));
    expect(inTime.join('\n')).toContain('platforms.demo.fallback must have required propert');
  });

  it('uses only urgencies that it defines', () => {
    expect(faultsOf(demo.replace('urgency: normal', 'urgency: soon'))).toEqual([
      expect.stringContaining('urgency "soon"'),
    ]);
  });
});
