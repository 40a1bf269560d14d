import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';

const css = readFileSync(path.join(import.meta.dirname, 'theme.css'), 'utf8');
const [dark = '', light = ''] = css.split('@media (prefers-color-scheme: light)');
const colours = (theme: string) =>
  Object.fromEntries([...theme.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
const themes = { dark: colours(dark), light: colours(light) };

/** WCAG 2.2, definitions of relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const pairs = [
  ...['text', 'muted', 'hoax', 'hate', 'bullying', 'good', 'info', 'warn', 'bad', 'accent'].flatMap((text) =>
    ['ground', 'surface', 'raised'].map((ground) => [text, ground] as const),
  ),
  ['text', 'mark'] as const,
  ['on-accent', 'warn'] as const,
  ['on-accent', 'accent'] as const,
];

describe.each(['dark', 'light'] as const)('the %s theme', (name) => {
  it.each(pairs)('%s on %s can be read (4.5 to 1)', (text, ground) => {
    const theme = themes[name];
    expect(contrast(theme[text] as string, theme[ground] as string)).toBeGreaterThanOrEqual(4.5);
  });
});
