import type { SendResult as Sent } from '@siaga/outgoing';
import type { Logger, OutboundClient, Secrets } from '@siaga/runtime';
import type { CallBook } from './call-book.js';

/** What is to be delivered: the same bytes under the same id on every attempt. */
export interface Parcel {
  readonly deliveryId: string;
  /** A `Notice` as JSON. */
  readonly payload: string;
  /** For channels in which one parcel is several calls. */
  readonly calls: CallBook;
}

/** What came of a parcel; `by-hand`: a person must forward it. */
export type SendResult = Sent | { readonly kind: 'by-hand' };

/** A way to a platform. Its methods do not throw for what the other side does. */
export interface Channel {
  /**
   * Whether the receiver knows a parcel again by its id, so that sending it twice is harmless. Where it does not, and cannot
   * be asked either, a person decides on what may have arrived.
   */
  readonly deduplicates: boolean;
  send(parcel: Parcel): Promise<SendResult>;
  /**
   * Asks whether the platform has the parcel, or that call of it which was cut off: `has-not` when what it does not have may
   * be sent, `later` when it cannot say now, `unknown` when it never will.
   */
  ask(parcel: Parcel): Promise<'has' | 'has-not' | 'later' | 'unknown'>;
}

/** What a channel gets to work with. */
export interface ChannelContext {
  readonly secrets: Secrets;
  /** The one way out to the web over HTTP. */
  readonly client: OutboundClient;
  readonly log: Logger;
}
