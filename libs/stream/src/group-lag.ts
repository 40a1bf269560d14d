/** Where a partition stood when somebody looked. */
export interface LagSample {
  /** Milliseconds. */
  readonly at: number;
  /** Offset that the next message will get. */
  readonly end: number;
}

/** Of a backlog that lasts for days, every other sample is enough to tell its age. */
const SAMPLES_MAX = 1_000;

/**
 * Tells how old the oldest message is that a group has not handled, from nothing but offsets: the message was written between the two
 * looks of which the first did not see it and the second did. What was written before the first look counts from that look on, so that
 * a watcher that has just started says too little for once, and not nothing.
 *
 * @returns called at each look at one partition of one group; the age in seconds, 0 when all is handled
 */
export function lagClock(): (sample: LagSample, committed: number) => number {
  let samples: LagSample[] = [];
  return (sample, committed) => {
    samples.push(sample);
    if (committed >= sample.end) {
      samples = [sample];
      return 0;
    }
    const after = samples.findIndex(({ end }) => end > committed);
    samples = samples.slice(Math.max(0, after - 1));
    if (samples.length > SAMPLES_MAX) samples = samples.filter((_one, i) => i < 2 || i % 2 === 0);
    return Math.max(0, sample.at - writtenAt(samples, committed)) / 1000;
  };
}

function writtenAt([first, second]: readonly LagSample[], offset: number): number {
  const from = first as LagSample;
  if (second === undefined || from.end > offset) return from.at;
  return from.at + ((offset - from.end) / (second.end - from.end)) * (second.at - from.at);
}
