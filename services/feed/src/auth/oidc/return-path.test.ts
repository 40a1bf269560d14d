import { describe, expect, it } from '@jest/globals';
import { returnPath } from './return-path.js';

describe('the place to go on at after signing in', () => {
  it.each([
    [undefined, '/'],
    ['/', '/'],
    ['/?category=hate#/notices?state=open', '/?category=hate#/notices?state=open'],
    ['#/tokens', '/#/tokens'],
  ])('%j is %j', (given, place) => expect(returnPath(given)).toBe(place));

  it.each([
    '//evil.example/',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example/',
    'http:evil.example',
    '/\t/evil.example',
    '///evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/v1/session',
    '/..//evil.example',
    '/%2f%2fevil.example',
    'http://console.invalid@evil.example/',
    'https://[',
  ])('is the start for %j', (given) => {
    expect(returnPath(given)).toBe('/');
  });
});
