import type { Review } from '../../review.js';

/** What a decision is about. */
export type Subject = { readonly flagId: string } | { readonly campaignId: string };

/** What a person can say of an alert or its campaign (POST /v1/decisions). */
export interface Word {
  readonly action: 'confirm' | 'dismiss' | 'escalate' | 'assign' | 'comment' | 'known-hoax' | 'merge' | 'split';
  readonly reason?: string;
  readonly assignee?: string | null;
  /** Of merge: the campaign that takes the copies. */
  readonly into?: string;
  /** Of split: the copies that leave for a new campaign. */
  readonly flags?: readonly string[];
  /** Of known-hoax: what is not true, as posts to come are matched against it. */
  readonly claim?: { readonly text: string; readonly verdict: string; readonly url?: string };
}
export type Action = Word['action'];

export interface Decision extends Omit<Word, 'action'> {
  readonly subject: Subject;
  readonly action: Action | 'undo';
  readonly undoes?: string;
  /** `review.seq` as it was seen: when it is another one by now, nothing is recorded. */
  readonly seen?: number | null;
}

/** What became of a decision. */
export type Outcome =
  | { readonly status: 'made'; readonly decisionId: string; readonly review: Review }
  | { readonly status: 'conflict'; readonly current: Review }
  | { readonly status: 'failed'; readonly detail: string };

export const eventOf = (subject: Subject, review: Review) => ({
  flagId: 'flagId' in subject ? subject.flagId : null,
  campaignId: 'campaignId' in subject ? subject.campaignId : null,
  into: null,
  review,
});
