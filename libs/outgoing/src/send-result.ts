/**
 * What is known of something that was sent once:
 * - `delivered`: the other side has taken it;
 * - `retry`: it surely has not, and may later;
 * - `uncertain`: nobody can tell whether it arrived;
 * - `failed`: it never will take it;
 * - `closed`: it takes nothing at this address any more.
 */
export type SendResult =
  | { readonly kind: 'delivered'; readonly note?: string }
  | { readonly kind: 'retry'; readonly error: string; readonly afterMs?: number }
  | { readonly kind: 'uncertain'; readonly error: string }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'closed'; readonly error: string };

/** @param afterMs how long the other side asks to be left alone, where it does */
export const retry = (error: string, afterMs: number | undefined): Extract<SendResult, { kind: 'retry' }> => ({
  kind: 'retry',
  error,
  ...(afterMs === undefined ? {} : { afterMs }),
});
