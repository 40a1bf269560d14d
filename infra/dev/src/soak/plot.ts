import type { Moment } from './judge.js';
import { MEASURES, type Measure } from './sample.js';

const WIDTH = 900;
const PANEL = 150;
const LEFT = 60;
const RIGHT = 110;
const HEAD = 28;
const COLOURS = ['#0f766e', '#b45309', '#4338ca', '#be123c', '#15803d', '#7e22ce', '#0369a1', '#475569'];

/** A panel for each measure, a line for each process, over minutes; every scale begins at zero. @returns SVG */
export function plotSoak(moments: readonly Moment[], title: string): string {
  const names = [...new Set(moments.flatMap(({ processes }) => processes.map(({ name }) => name)))];
  const last = Math.max(1, moments.at(-1)?.seconds ?? 1);
  const xOf = (seconds: number) => LEFT + (seconds / last) * (WIDTH - LEFT - RIGHT);
  const panels = (Object.keys(MEASURES) as Measure[]).map((measure, row) => {
    const top = HEAD + row * (PANEL + HEAD);
    const lines = names.map((name) => ({
      name,
      points: moments.flatMap(({ seconds, processes }) => {
        const value = processes.find((one) => one.name === name)?.values[measure];
        return value === undefined ? [] : [{ seconds, value }];
      }),
    }));
    const most = Math.max(1, ...lines.flatMap(({ points }) => points.map(({ value }) => value)));
    const yOf = (value: number) => top + PANEL - (value / most) * (PANEL - 12);
    const paths = lines.map(({ points }, i) => {
      const at = points.map(({ seconds, value }) => `${xOf(seconds).toFixed(1)},${yOf(value).toFixed(1)}`).join(' ');
      return points.length === 0
        ? ''
        : `<polyline points="${at}" fill="none" stroke="${colour(i)}" stroke-width="1.5"/>`;
    });
    return [
      text(LEFT, top - 4, MEASURES[measure], '#111827'),
      `<rect x="${LEFT}" y="${top}" width="${WIDTH - LEFT - RIGHT}" height="${PANEL}" fill="none" stroke="#d1d5db"/>`,
      text(LEFT - 6, top + 12, most.toLocaleString('en'), '#6b7280', 'end'),
      text(LEFT - 6, top + PANEL, '0', '#6b7280', 'end'),
      ...paths,
    ].join('');
  });
  const height = HEAD + panels.length * (PANEL + HEAD) + 20;
  const legend = names.map((name, i) => text(WIDTH - RIGHT + 10, HEAD + 14 + i * 18, name, colour(i)));
  const foot = text(LEFT, height - 10, `${title}, ${Math.round(last / 60)} minutes from left to right`, '#6b7280');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${panels.join('')}${legend.join('')}${foot}</svg>\n`;
}

const colour = (i: number): string => COLOURS[i % COLOURS.length] as string;
const text = (x: number, y: number, content: string, fill: string, anchor = 'start'): string =>
  `<text x="${x}" y="${y}" fill="${fill}" text-anchor="${anchor}">${content.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</text>`;
