import { Canvas, type Colour } from './png.js';

export interface Series {
  readonly colour: Colour;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export const COLOURS = { hoax: [31, 119, 180], hate: [214, 39, 40], bullying: [44, 160, 44] } as const satisfies Record<
  string,
  Colour
>;

const SIZE = 420;
const MARGIN = 40;
const GREY: Colour = [220, 220, 220];
const INK: Colour = [60, 60, 60];

/** Lines on axes that both run from 0 to 1, with a grid in tenths; `diagonal` draws y = x. PNG bytes. */
export function plotUnitSquare(series: readonly Series[], diagonal: boolean): Uint8Array {
  const canvas = new Canvas(SIZE, SIZE);
  const span = SIZE - 2 * MARGIN;
  const px = (x: number): number => MARGIN + x * span;
  const py = (y: number): number => SIZE - MARGIN - y * span;
  for (let i = 0; i <= 10; i++) {
    canvas.line(px(i / 10), py(0), px(i / 10), py(1), GREY);
    canvas.line(px(0), py(i / 10), px(1), py(i / 10), GREY);
    if (i % 2 === 0) {
      canvas.number(px(i / 10) - 10, SIZE - MARGIN + 8, (i / 10).toFixed(1), INK);
      canvas.number(8, py(i / 10) - 5, (i / 10).toFixed(1), INK);
    }
  }
  if (diagonal) canvas.line(px(0), py(0), px(1), py(1), INK);
  for (const { colour, points } of series) {
    points.forEach(([x, y], i) => {
      const before = points[i - 1];
      if (before !== undefined) canvas.line(px(before[0]), py(before[1]), px(x), py(y), colour, 1);
      canvas.dot(px(x), py(y), colour, 3);
    });
  }
  return canvas.encode();
}
