import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';

export interface Bar {
  readonly label: string;
  readonly value: number;
  readonly kind: 'siaga' | 'other' | 'ceiling';
  /** Shown after the value. */
  readonly note?: string;
}

export interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

const COLOURS = { siaga: '#0f766e', other: '#b45309', ceiling: '#94a3b8' } as const;
const WIDTH = 900;
const LABELS = 260;
const NUMBERS = 230;
const ROW = 30;
const HEAD = 44;
const FONT = createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf');

/** Horizontal bars, each panel on a scale of its own that starts at zero. @returns PNG bytes */
export function chart(panels: readonly Panel[], footer: string): Uint8Array {
  let y = 12;
  const parts: string[] = [];
  for (const { title, bars } of panels) {
    parts.push(text(16, y + 24, title, 17, '#111827'));
    y += HEAD;
    const most = Math.max(...bars.map(({ value }) => value), 1);
    for (const { label, value, kind, note } of bars) {
      const width = Math.max(2, (value / most) * (WIDTH - LABELS - NUMBERS));
      parts.push(
        text(LABELS - 12, y + 19, label, 14, '#374151', 'end'),
        `<rect x="${LABELS}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 8}" rx="3" fill="${COLOURS[kind]}"/>`,
        text(LABELS + width + 8, y + 19, `${value.toLocaleString('en')}${note ? `  ${note}` : ''}`, 14, '#111827'),
      );
      y += ROW;
    }
    y += 10;
  }
  parts.push(text(16, y + 18, footer, 12, '#6b7280'));
  const height = y + 36;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}"><rect width="100%" height="100%" fill="#ffffff"/>${parts.join('')}</svg>`;
  return new Resvg(svg, { font: { fontFiles: [FONT], loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' } })
    .render()
    .asPng();
}

const text = (x: number, y: number, content: string, size: number, fill: string, anchor = 'start'): string =>
  `<text x="${x.toFixed(1)}" y="${y}" font-family="DejaVu Sans" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escaped(content)}</text>`;

const escaped = (content: string): string => content.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
