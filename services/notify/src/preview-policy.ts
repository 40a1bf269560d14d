import type { StoredFlag } from '@siaga/storage';
import { decide } from './decide.js';
import type { Policy } from './policy.js';

export interface PreviewRow {
  readonly count: number;
  readonly what: string;
}

/**
 * What a policy would have made of flags, in their order: notices opened by itself, and what would have waited or gone
 * nowhere, most first. Decisions of people and earlier reports are left aside; a limit counts calendar days (UTC).
 */
export async function previewPolicy(
  policy: Policy,
  pages: AsyncIterable<readonly StoredFlag[]>,
): Promise<PreviewRow[]> {
  const counts = new Map<string, number>();
  const add = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const posts = new Set<string>();
  const notices = new Set<string>();
  const opened = new Map<string, number>();
  for await (const page of pages) {
    for (const flag of page) {
      const { platform, category, campaignId, postId, flaggedAt } = flag;
      const verdict = decide(policy, flag);
      if (verdict.kind !== 'send') {
        add(`${category} on ${platform}: ${withoutFigures(verdict.why)}`);
        continue;
      }
      if (posts.has(postId)) continue;
      posts.add(postId);
      const notice = `${campaignId} ${platform}`;
      if (notices.has(notice)) continue;
      const day = `${platform} ${flaggedAt.toISOString().slice(0, 10)}`;
      const today = opened.get(day) ?? 0;
      if (today >= (verdict.destination.platform.dailyNotices ?? Infinity)) {
        add(`${category} on ${platform}: beyond the daily limit`);
        continue;
      }
      opened.set(day, today + 1);
      notices.add(notice);
      add(`notices to ${platform} about ${category}, ${verdict.destination.urgency}`);
    }
  }
  return [...counts].map(([what, count]) => ({ what, count })).sort((a, b) => b.count - a.count);
}

/** Scores differ from flag to flag, the rule that holds them does not. */
const withoutFigures = (why: string) => why.replace(/^its score [\d.e-]+ /, 'its score ');
