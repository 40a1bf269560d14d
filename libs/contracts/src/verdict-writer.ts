import type { Verdict } from './verdict.js';

/** What differs between the scored verdicts of one model. */
export interface ScoredPost extends Pick<Verdict, 'id' | 'textSha256' | 'seenAt' | 'scoredAt' | 'shadow'> {
  readonly scores: NonNullable<Verdict['scores']>;
  readonly labels?: Verdict['labels'] | undefined;
}

/**
 * Writes scored verdicts of one model: bytes that `verdictCodec` reads back as the same verdict, in a fraction of the time of its
 * `encode`. What comes in was read by a codec or computed by us; only the numbers are checked again.
 *
 * @throws TypeError when a score is no probability
 */
export function verdictWriter({ model, backend }: Pick<Verdict, 'model' | 'backend'>): (post: ScoredPost) => Buffer {
  const rest = `,"model":${JSON.stringify({ name: model.name, version: model.version })},"backend":"${backend}","textSha256":"`;
  return ({ id, scores, labels, textSha256, shadow, seenAt, scoredAt }) => {
    const { hoax, hate, bullying } = scores;
    if (!(isProbability(hoax) && isProbability(hate) && isProbability(bullying))) {
      throw new TypeError('cannot encode verdict: a score is no probability');
    }
    return Buffer.from(
      `{"schemaVersion":1,"id":${JSON.stringify(id)},"outcome":"scored","scores":{"hoax":${hoax},"hate":${hate},"bullying":${bullying}}` +
        `${labels ? `,"labels":${JSON.stringify(labels)}` : ''}${rest}${textSha256}"${shadow ? ',"shadow":true' : ''},"seenAt":"${seenAt}","scoredAt":"${scoredAt}"}`,
    );
  };
}

const isProbability = (x: number): boolean => x >= 0 && x <= 1;
