import { renderColumns } from '@siaga/runtime';
import type { Percentiles } from './freshness.js';
import type { ChaosReport } from './report.js';

/** The report as a person reads it. */
export function renderReport(report: ChaosReport): string {
  const { posts, flags, notices, freshness, struck } = report;
  const strikes = [
    ['at', 'fault', 'what was done', 'fresh again after'],
    ...struck.map(({ at, kind, target, what, recovered }) => [
      `${at.toFixed(0)} s`,
      `${kind} ${target}`.trim(),
      what,
      recovered === null ? 'never' : recovered === 0 ? 'not noticed' : `${recovered.toFixed(1)} s`,
    ]),
  ];
  const fresh = [
    ['seconds from post to', 'during: p50', 'p95', 'p99', 'after: p50', 'p95', 'p99'],
    ...Object.entries(freshness).map(([what, { during, after }]) => [what, ...figures(during), ...figures(after)]),
  ];
  const ledger = [
    ['posts in', posts.made],
    ['  scored', posts.scored],
    ['  dropped', posts.dropped],
    ['  dead letters', posts.deadLetters],
    ['  lost', posts.lost],
    ['  repeated on the topics', `${posts.repeatedPosts} posts, ${posts.repeatedVerdicts} verdicts`],
    ['pushes sent again', posts.pushedAgain],
    ['flags', `${flags.onTopic}, ${flags.recorded} recorded, ${flags.missing} missing`],
    ['notices', `${notices.notices} in ${notices.received} revisions`],
    ['  sent twice', notices.repeated + notices.sameUnderTwoIds + notices.revisionsTwice],
    ['  sent again when the platform denied one on its way', notices.repeatedAfterDenial],
    ['  failed', notices.failed],
  ].map((row) => row.map(String));
  const verdict = report.ok ? 'nothing lost, nothing twice' : report.faults.map((fault) => `FAIL: ${fault}`).join('\n');
  return [renderColumns(strikes), renderColumns(ledger), renderColumns(fresh), verdict].join('\n\n');
}

const figures = (percentiles: Percentiles | undefined): string[] =>
  percentiles
    ? [percentiles.p50, percentiles.p95, percentiles.p99].map((seconds) => seconds.toFixed(2))
    : ['-', '-', '-'];
