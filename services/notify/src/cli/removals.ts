import { UsageError } from '@siaga/runtime';
import { POST_STATES, removalTimes } from '@siaga/storage';
import { withDatabase, type Surroundings } from './command.js';

const DAYS = '30';

/** Shows by platform what the reported posts were found to be, and half of the removals took longer than what time. */
export async function showRemovals(surroundings: Surroundings, text = DAYS): Promise<number> {
  const { print } = surroundings;
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError('--days takes a whole number from 1');
  const platforms = await withDatabase(surroundings, (db) => removalTimes(db, Number(text)));
  if (platforms.length === 0)
    print(`no reported post was watched in the last ${text} days; the policy's liveness says when`);
  for (const { platform, states, medianSeconds } of platforms) {
    const counts = POST_STATES.map((state) => `${states[state]} ${state}`).join(', ');
    const median = medianSeconds === null ? 'none removed' : `median time to removal ${duration(medianSeconds)}`;
    print(`${platform}: ${counts}; ${median}`);
  }
  return 0;
}

function duration(seconds: number): string {
  if (seconds < 3_600) return `${(seconds / 60).toFixed(1)} min`;
  return seconds < 172_800 ? `${(seconds / 3_600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} d`;
}
