import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CampaignAnswer } from '../../routes/campaign.js';
import { useLive } from '../live.js';
import { loadCampaign } from '../load.js';
import { useCopies, type Copies } from './use-copies.js';

/** Many copies of a burst are one look. */
const LOOK_AGAIN_MS = 400;
const RETRY_MS = 5_000;

export interface OpenCampaign {
  /** Undefined until it is loaded, null when there is none; of one that was merged, the one that it lives in. */
  readonly detail: CampaignAnswer | null | undefined;
  readonly copies: Copies;
  readonly lookAgain: () => void;
}

/** A campaign and its copies, looked up again whenever the stream tells of either. */
export function useCampaign(campaignId: string): OpenCampaign {
  const [detail, setDetail] = useState<CampaignAnswer | null>();
  const { items, next, read, loadMore, take } = useCopies();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const request = useRef(new AbortController());

  const look = useCallback(
    async (alsoCopies: boolean) => {
      request.current.abort();
      const { signal } = (request.current = new AbortController());
      try {
        const found = await loadCampaign(campaignId, signal);
        if (found && alsoCopies) await read(found.campaignId, signal);
        setDetail(found);
      } catch {
        if (!signal.aborted) timer.current = setTimeout(() => void look(true), RETRY_MS);
      }
    },
    [campaignId],
  );
  const wantsCopies = useRef(false);
  const lookSoon = useCallback(
    (alsoCopies: boolean) => {
      wantsCopies.current ||= alsoCopies;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        const both = wantsCopies.current;
        wantsCopies.current = false;
        void look(both);
      }, LOOK_AGAIN_MS);
    },
    [look],
  );
  const lookAgain = useCallback(() => lookSoon(true), [lookSoon]);
  useEffect(() => {
    void look(true);
    return () => {
      clearTimeout(timer.current);
      request.current.abort();
    };
  }, [look]);

  const isOurs = (id: string | null) => id !== null && (id === campaignId || id === detail?.campaignId);
  const isShown = (id: string | null) => items.some(({ flagId }) => flagId === id);
  useLive({
    onReady: lookAgain,
    onFlags(came) {
      const ours = came.filter((item) => isOurs(item.campaignId));
      if (ours.length === 0) return;
      take(ours);
      lookSoon(false);
    },
    onNotices: (changes) => void (changes.some((one) => isOurs(one.campaignId)) && lookSoon(false)),
    onDecisions(decided) {
      if (decided.some((one) => isOurs(one.campaignId) || isOurs(one.into) || isShown(one.flagId))) lookAgain();
    },
    onDebunked(changed) {
      take(changed.filter(({ flagId }) => isShown(flagId)));
      if (changed.some((item) => isOurs(item.campaignId))) lookSoon(false);
    },
    onRemoved: (removals) => void (removals.some(({ flagId }) => isShown(flagId)) && lookAgain()),
  });
  const more = useCallback(() => {
    loadMore(request.current.signal).catch(lookAgain);
  }, [loadMore, lookAgain]);
  return { detail, copies: { items, more: next !== null, loadMore: more }, lookAgain };
}
