import { useCallback, useState } from 'preact/hooks';
import type { DeskClaim } from '../../decisions/desk-claim.js';
import type { RumourItem, RumourPage } from '../../routes/rumours.js';
import { load, send } from '../load.js';
import { useWhileVisible } from '../use-while-visible.js';

const PERIOD_MS = 4_000;
const SHOWN = 50;

export interface Rumours {
  /** The last that was had. */
  readonly page: RumourPage | undefined;
  readonly failed: boolean;
  /** @throws Error when it was not recorded */
  readonly decide: (rumourId: string, state: 'dismissed' | 'unverified') => Promise<void>;
  /** @throws Error when it was not recorded */
  readonly claim: (rumourId: string, claim: DeskClaim) => Promise<void>;
}

/** The rumours of a state that grow most, a few seconds old at most. */
export function useRumours(state: RumourItem['state']): Rumours {
  const [page, setPage] = useState<RumourPage>();
  const [failed, setFailed] = useState(false);
  const refresh = useCallback(
    async (signal?: AbortSignal) => {
      try {
        setPage(await load<RumourPage>(`/v1/rumours?rumourState=${state}&limit=${SHOWN}`, signal));
        setFailed(false);
      } catch {
        if (!signal?.aborted) setFailed(true);
      }
    },
    [state],
  );
  const tick = useCallback((signal: AbortSignal) => void refresh(signal), [refresh]);
  useWhileVisible(tick, PERIOD_MS);
  return {
    ...{ page, failed },
    async decide(rumourId, to) {
      await send(`/v1/rumours/${rumourId}`, { state: to }, 'PATCH');
      await refresh();
    },
    async claim(rumourId, made) {
      await send(`/v1/rumours/${rumourId}/claim`, made);
    },
  };
}
