import type { CheckResult } from '../check.js';
import { runTests } from '../tests.js';
import type { Workspace } from '../workspace.js';

/** Of each of four sources. */
const POSTS = 2_500;
const SOURCES = 4;
const CUTS = 20;
const KILLS = 10;

/** The chaos test of the test suite, at full size. */
export async function chaos(workspace: Workspace): Promise<CheckResult[]> {
  const { figure, pass } = await runTests(workspace, 'ingest/src/chaos', {
    SIAGA_CHAOS_POSTS: String(POSTS),
    SIAGA_CHAOS_CUTS: String(CUTS),
    SIAGA_CHAOS_KILLS: String(KILLS),
  });
  const what = `${SOURCES * POSTS} posts of Jetstream, firehose, Mastodon and RSS, ${CUTS} cuts, ${KILLS} kill -9 of ingest`;
  return [{ what, figure, bar: 'every post, once by id, with its verdict', pass }];
}
