import type { Logger, OutboundClient, Secrets } from '@siaga/runtime';

/** What is to be delivered: the same bytes under the same id on every attempt. */
export interface Parcel {
  readonly deliveryId: string;
  /** A `Notice` as JSON. */
  readonly payload: string;
}

/**
 * - `delivered`: the platform has taken it;
 * - `retry`: it surely has not, and may later;
 * - `uncertain`: nobody can tell whether it arrived;
 * - `failed`: it never will take it;
 * - `closed`: it takes nothing this way any more, and the channel is closed until a person or another policy opens it.
 */
export type SendResult =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly error: string; readonly afterMs?: number }
  | { readonly kind: 'uncertain'; readonly error: string }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'closed'; readonly error: string };

/** A way to a platform. Its methods do not throw for what the other side does. */
export interface Channel {
  send(parcel: Parcel): Promise<SendResult>;
  /**
   * Asks whether the platform has the parcel; `unknown` when it cannot be asked or does not say.
   */
  ask(parcel: Parcel): Promise<'has' | 'has-not' | 'unknown'>;
}

/** What a channel gets to work with. */
export interface ChannelContext {
  readonly secrets: Secrets;
  /** The one way out to the web over HTTP. */
  readonly client: OutboundClient;
  readonly log: Logger;
}
