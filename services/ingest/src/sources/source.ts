import type { ClaimMedia } from '@siaga/contracts';
import type { Logger, Secrets } from '@siaga/runtime';
import type { PoliteClient } from '../web/polite-client.js';
import type { RobotsRules } from '../web/robots.js';

/** A post as a source has it, before its normal form. */
export interface RawPost {
  readonly kind: 'post';
  readonly text: string;
  /** Unique within the platform. */
  readonly nativeId: string;
  readonly platform: string;
  readonly url?: string;
  /** The handle; it leaves ingest only as a pseudonym. */
  readonly author?: string;
  readonly language?: string;
  readonly createdAt?: Date;
  /** Given when this is a later version of a post. */
  readonly editedAt?: Date;
  /** Ids of posts, with their platform. */
  readonly replyTo?: string;
  readonly quotes?: string;
  /** How many accounts follow the author. */
  readonly reach?: number;
}

/** The author has taken a post down. */
export interface Removal {
  readonly kind: 'removal';
  readonly nativeId: string;
  readonly platform: string;
  readonly at?: Date;
}

/** An account is gone, or hidden by its owner or its server: nothing of it may be shown any more. */
export interface Departure {
  readonly kind: 'departure';
  readonly platform: string;
  readonly author: string;
  readonly at?: Date;
}

/** What a fact-checker has found. */
export interface RawClaim {
  readonly kind: 'claim';
  readonly claimId: string;
  readonly text: string;
  readonly verdict: string;
  readonly url: string;
  readonly publisher: string;
  readonly language?: string;
  readonly publishedAt?: Date;
  readonly media?: ClaimMedia;
}

/** Why something from a source is not a post. Bounded: it becomes a metric label and a dead-letter header. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly reason: string;
  readonly detail: string;
}

export interface SourceEvent {
  /** Where in the source it came from, for the person who reads the dead letter: a line number, an item's id. */
  readonly position: string;
  /** As received, kept in the dead letter. */
  readonly raw: Buffer;
  readonly content: RawPost | Removal | Departure | RawClaim | Refusal;
}

/** Some events, possibly none, and the cursor from which to go on once they are safe in Kafka. */
export interface SourceBatch {
  readonly events: readonly SourceEvent[];
  readonly cursor: object;
  /** The source's own clock at the latest event, where it has one. */
  readonly at?: Date;
  /** What came over the wire. */
  readonly bytes?: number;
}

export interface Source {
  /**
   * Reads from where `cursor` points, or from the beginning; ends when the source has no more and never will. The first
   * batch comes as soon as the source is known to answer, even if it has nothing yet. Aborting `signal` closes it.
   *
   * @param cursor what an earlier batch carried, or null; it comes from the database and may be of an older version
   * @throws any error, after which it is opened again with the last saved cursor
   */
  open(cursor: unknown, signal: AbortSignal): AsyncIterable<SourceBatch>;
  /** @returns the cursor that stands for a moment, where the source has such a thing */
  cursorAt?(time: Date): object;
}

/** What a source gets to work with. */
export interface SourceContext {
  readonly log: Logger;
  readonly secrets: Secrets;
  /** The one way out to the web over HTTP, and what robots may read there. */
  readonly web: PoliteClient;
  readonly robots: RobotsRules;
  /** True only in tests and closed networks. */
  readonly allowPrivateAddresses: boolean;
}
