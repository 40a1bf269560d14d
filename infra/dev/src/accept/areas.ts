import { Fault } from '../fault.js';
import type { Check } from './check.js';
import { ingestArea } from './ingest-area/ingest-area.js';
import { classifyArea } from './classify-area/classify-area.js';
import { claimsArea } from './claims-area/claims-area.js';
import { feedArea } from './feed-area/feed-area.js';
import { mainArea } from './main-area/main-area.js';
import { notifyArea } from './notify-area/notify-area.js';
import { opsArea } from './ops-area/ops-area.js';

/** In the order of the issues; an area without checks is promised and not built yet. */
const areas: Readonly<Record<string, readonly Check[]>> = {
  main: mainArea,
  // A program of models/train, which the bootstrap starts by itself: it needs the data folder and no fleet.
  models: [],
  classify: classifyArea,
  ingest: ingestArea,
  notify: notifyArea,
  feed: feedArea,
  claims: claimsArea,
  ops: opsArea,
  learning: [],
};

const EX_USAGE = 2;

/**
 * @param lines numbers of checks, all when empty
 * @throws Fault with exit code 2 for what does not exist
 */
export function checksOf(area: string | undefined, lines: readonly string[]): readonly Check[] {
  const names = Object.keys(areas).join(', ');
  if (area === undefined || !Object.hasOwn(areas, area)) {
    throw new Fault(
      `npm run accept -- AREA [LINE ...]: ${area ? `"${area}" is none of` : 'AREA is one of'} ${names}`,
      EX_USAGE,
    );
  }
  const checks = areas[area] ?? [];
  if (checks.length === 0) throw new Fault(`the acceptance checks of "${area}" are not built yet`, EX_USAGE);
  const unknown = lines.filter((line) => !checks.some((check) => String(check.line) === line));
  if (unknown.length > 0) throw new Fault(`"${area}" has no check ${unknown.join(', ')}`, EX_USAGE);
  return lines.length === 0 ? checks : checks.filter((check) => lines.includes(String(check.line)));
}
