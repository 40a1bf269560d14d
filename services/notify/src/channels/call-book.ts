import {
  beginParts,
  partsOf,
  settleParts,
  withdrawParts,
  type Database,
  type DeliveryPart,
  type DeliveryRow,
} from '@siaga/storage';

/**
 * What a channel that needs several calls for a parcel has done of it. A call is noted before it is made and when it has
 * been answered, so that after a crash the one that was under way is in doubt and no other.
 */
export interface CallBook {
  /** What became of the notice's posts in this channel, in whatever revision. */
  read(): Promise<readonly DeliveryPart[]>;
  /** @returns false when the call must not be made, because somebody else has the parcel or one of its posts by now */
  begin(items: readonly string[]): Promise<boolean>;
  settle(items: readonly string[], state: DeliveryPart['state'], note?: string): Promise<void>;
  /** The call surely did not arrive: it can be made again. */
  withdraw(items: readonly string[]): Promise<void>;
}

/** @param leaseMs longer than one call may take */
export function callBook(db: Database, delivery: DeliveryRow, leaseMs: number): CallBook {
  return {
    read: () => partsOf(db, delivery),
    begin: (items) => beginParts(db, delivery, { items, leaseMs }),
    settle: (items, state, note) =>
      settleParts(db, delivery, { items, state, ...(note === undefined ? {} : { note }) }),
    withdraw: (items) => withdrawParts(db, delivery.deliveryId, items),
  };
}
