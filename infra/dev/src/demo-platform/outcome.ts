import { createHash } from 'node:crypto';

export interface PlatformAnswer {
  readonly state: 'received' | 'under_review' | 'actioned' | 'rejected';
  readonly reason?: string;
}

/**
 * What this platform makes of a notice: most are acted on, some take a second look, a few are rejected. The same notice
 * always gets the same answer, so that two runs of the demo agree.
 */
export function outcomeOf(noticeId: string): PlatformAnswer {
  const dice = createHash('sha256').update(noticeId).digest().readUInt8(0);
  if (dice < 178) return { state: 'actioned' };
  if (dice < 230) return { state: 'under_review', reason: 'needs a second reader' };
  return { state: 'rejected', reason: 'within our rules' };
}
