/**
 * What a step says of one message. Values, not exceptions: an exception means that the step itself failed.
 *
 * - `done`: its results are written;
 * - `drop`: deliberately left out, counted by reason;
 * - `poison`: can never be handled; goes to the dead letters with the reason.
 */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'drop'; readonly reason: string }
  | { readonly kind: 'poison'; readonly reason: string; readonly detail: string };

export const done: Outcome = Object.freeze({ kind: 'done' });

/** @param reason from a bounded set: it becomes a metric label */
export const drop = (reason: string): Outcome => ({ kind: 'drop', reason });

/** @param reason from a bounded set: it becomes a metric label; `detail` is free text without post content */
export const poison = (reason: string, detail: string): Outcome => ({ kind: 'poison', reason, detail });
