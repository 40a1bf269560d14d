import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { FlagItem } from '../../flag-item.js';
import { useLive } from '../live.js';
import { load } from '../load.js';
import { detailOf, type CampaignDetail } from './campaign-detail.js';

/** Many copies of a burst are one look. */
const LOOK_AGAIN_MS = 400;
const RETRY_MS = 5_000;
const PAGE = 50;

export interface OpenCampaign {
  /** Undefined until it is loaded, null when there is none. */
  readonly detail: CampaignDetail | null | undefined;
  readonly copies: readonly FlagItem[];
  readonly moreCopies: boolean;
  readonly loadMore: () => void;
  readonly lookAgain: () => void;
}

/** A campaign and its copies, looked up again whenever the stream tells of either. */
export function useCampaign(campaignId: string): OpenCampaign {
  const [detail, setDetail] = useState<CampaignDetail | null>();
  const [copies, setCopies] = useState<{ items: readonly FlagItem[]; next: string | null }>({ items: [], next: null });
  const [limit, setLimit] = useState(PAGE);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const request = useRef(new AbortController());

  const look = useCallback(async () => {
    request.current.abort();
    const { signal } = (request.current = new AbortController());
    try {
      const url = `/v1/flags?campaign=${campaignId}&limit=${limit}`;
      const page = await load<{ items: FlagItem[]; next: string | null }>(url, signal);
      setDetail(detailOf(page.items));
      setCopies(page);
    } catch {
      if (!signal.aborted) timer.current = setTimeout(() => void look(), RETRY_MS);
    }
  }, [campaignId, limit]);
  const lookAgain = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void look(), LOOK_AGAIN_MS);
  }, [look]);
  useEffect(() => {
    void look();
    return () => {
      clearTimeout(timer.current);
      request.current.abort();
    };
  }, [look]);

  const isOurs = (one: { readonly campaignId: string | null }) => one.campaignId === campaignId;
  useLive({
    onReady: lookAgain,
    onFlags: (items) => void (items.some(isOurs) && lookAgain()),
    onNotices: (changes) => void (changes.some(isOurs) && lookAgain()),
    onDecisions: (decided) => void (decided.some(isOurs) && lookAgain()),
    onDebunked: (items) => void (items.some(isOurs) && lookAgain()),
    onRemoved: lookAgain,
  });
  const loadMore = useCallback(() => setLimit((now) => Math.min(200, now + PAGE)), []);
  return { detail, copies: copies.items, moreCopies: copies.next !== null && limit < 200, loadMore, lookAgain };
}
