/** What somebody received, in few numbers: two agree when they received the same ids in the same order. */
export interface IdLedger {
  readonly count: number;
  /** Over the ids in their order, 32 bits. */
  readonly hash: number;
}

export const EMPTY_LEDGER: IdLedger = { count: 0, hash: 0 };

export const withId = ({ count, hash }: IdLedger, id: number): IdLedger => ({
  count: count + 1,
  hash: (Math.imul(hash, 31) + id) | 0,
});
