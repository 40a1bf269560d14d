/**
 * - `scheduled`: what is to be sent surely has not arrived;
 * - `sending`: taken by a worker for the time of its lease;
 * - `uncertain`: an attempt may have arrived;
 * - `asking`: taken after that: the platform is asked before anything is sent;
 * - `unsure`: nobody can be asked and the platform would not notice a repeat: a person decides;
 * - `by-hand`: a person forwards it.
 */
export type DeliveryState =
  'scheduled' | 'sending' | 'uncertain' | 'asking' | 'unsure' | 'by-hand' | 'delivered' | 'failed';

/**
 * - `claimed`: a worker takes it, because it is due or because its earlier holder has died;
 * - `acknowledged`, `put-off`, `cut-off`, `refused`: the platform has it; not yet, surely; perhaps; never will;
 * - `untold`: the platform was asked in vain and would take a repeat for another notice;
 * - `handed-over`: it goes no further by itself;
 * - `arrived`, `part-arrived`, `send-again`: a person's word, the second where calls remain to be made;
 * - `redirected`: it goes another way from now on, for it surely has not arrived in this one.
 */
export type DeliveryEvent =
  | 'claimed'
  | 'acknowledged'
  | 'put-off'
  | 'cut-off'
  | 'refused'
  | 'untold'
  | 'handed-over'
  | 'arrived'
  | 'part-arrived'
  | 'send-again'
  | 'redirected';

type Row = Readonly<Record<DeliveryEvent, DeliveryState | null>>;

/** What cannot happen has no state after it. */
const NOTHING: Row = {
  ...{ claimed: null, acknowledged: null, 'put-off': null, 'cut-off': null, refused: null, untold: null },
  ...{ 'handed-over': null, arrived: null, 'part-arrived': null, 'send-again': null },
  redirected: null,
};
const ATTEMPTED = {
  claimed: 'asking',
  acknowledged: 'delivered',
  'cut-off': 'uncertain',
  refused: 'failed',
  untold: 'unsure',
  'handed-over': 'by-hand',
} as const;

/** The state after an event, by the state before it. */
export const NEXT_STATE: Readonly<Record<DeliveryState, Row>> = {
  scheduled: { ...NOTHING, claimed: 'sending', redirected: 'scheduled' },
  sending: { ...NOTHING, ...ATTEMPTED, 'put-off': 'scheduled' },
  uncertain: { ...NOTHING, claimed: 'asking' },
  asking: { ...NOTHING, ...ATTEMPTED, 'put-off': 'uncertain' },
  unsure: { ...NOTHING, arrived: 'delivered', 'part-arrived': 'scheduled', 'send-again': 'scheduled' },
  'by-hand': { ...NOTHING, arrived: 'delivered' },
  delivered: NOTHING,
  failed: { ...NOTHING, 'send-again': 'scheduled', redirected: 'scheduled' },
};

export const DELIVERY_STATES = Object.keys(NEXT_STATE) as DeliveryState[];

/** Those that still leave by themselves. */
export const WAITING_STATES = DELIVERY_STATES.filter((state) => NEXT_STATE[state].claimed !== null);

/** As lists and as a `case` of SQL, for statements that move rows without reading them first. */
const listSql = (states: readonly DeliveryState[]) => `(${states.map((state) => `'${state}'`).join(', ')})`;
export const WAITING_SQL = listSql(WAITING_STATES);
export const REDIRECTABLE_SQL = listSql(DELIVERY_STATES.filter((state) => NEXT_STATE[state].redirected !== null));
export const afterSql = (event: DeliveryEvent, column: string): string =>
  `case ${column} ${DELIVERY_STATES.flatMap((state) => {
    const next = NEXT_STATE[state][event];
    return next === null ? [] : [`when '${state}' then '${next}'`];
  }).join(' ')} end`;
