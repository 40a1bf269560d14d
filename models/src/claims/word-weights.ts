import { bucketOfStem } from '@siaga/text';

/** How much a stem tells claims apart: its inverse document frequency in nats, from texts of all kinds, in steps of `scale`. */
export interface WordWeights {
  readonly bits: number;
  readonly scale: number;
  /** One byte per bucket. */
  readonly table: Uint8Array;
}

/** A pure function of the stem, whatever the bank holds: a new claim does not change how others match. */
export const weightOf = ({ bits, scale, table }: WordWeights, stem: string): number =>
  (table[bucketOfStem(stem, bits)] as number) * scale;
