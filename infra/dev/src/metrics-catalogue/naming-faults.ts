import type { CataloguedMetric } from './registries.js';

/** Base units, by https://prometheus.io/docs/practices/naming: what a number stands for is the end of its name. */
const UNITS = ['seconds', 'bytes', 'ratio', 'characters'];
const NO_BASE_UNIT = /_(ms|millis|milliseconds|micros|microseconds|minutes|hours|days|kb|kib|mb|mib|gb|percent)(_|$)/;

/** What a help text that begins so speaks of, and how its name must end. */
const SPOKEN: readonly (readonly [RegExp, string])[] = [
  [/^Unix time /, 'timestamp_seconds'],
  [/^(Age|Time|Median time|How long|For how long|How far|From the (moment|verdict)) /, 'seconds'],
  [/^(Share|Scores) /, 'ratio'],
  [/^(Size|Room|What sources sent over the wire|What the process may still write) /, 'bytes'],
];

const SHORTEST_HELP = 12;

/** @returns what is wrong with a metric's name and help, in words; none when nothing is */
export function namingFaults({ name, help, type }: CataloguedMetric): string[] {
  const faults: string[] = [];
  const isCounter = type === 'counter';
  const base = isCounter ? name.replace(/_total$/, '') : name;
  if (help.trim().length < SHORTEST_HELP) faults.push(`${name} has no help that says what it is`);
  if (!/^siaga_[a-z]+(_[a-z0-9]+)+$/.test(name)) faults.push(`${name} is not siaga_<part>_<thing>_<unit>`);
  if (isCounter !== name.endsWith('_total'))
    faults.push(`${name} is a ${type}: counters, and only they, end in _total`);
  if (/_(count|sum|bucket)$/.test(name)) faults.push(`${name} ends like a part of a histogram`);
  if (NO_BASE_UNIT.test(name)) faults.push(`${name} is in no base unit (${UNITS.join(', ')})`);
  if (type === 'histogram' && !UNITS.some((unit) => base.endsWith(`_${unit}`)))
    faults.push(`${name} is a histogram of nothing: it must end in one of ${UNITS.join(', ')}`);
  for (const [begin, unit] of SPOKEN)
    if (begin.test(help) && !base.endsWith(`_${unit}`)) faults.push(`${name} must end in _${unit}: "${help}"`);
  return faults;
}

/** What its values are in, for a reader. */
export function unitOf({ name, type }: CataloguedMetric): string {
  const base = name.replace(/_total$/, '');
  const unit = ['timestamp_seconds', ...UNITS].find((one) => base.endsWith(`_${one}`));
  if (unit === 'timestamp_seconds') return 'Unix time';
  return unit ?? (type === 'counter' ? 'count' : '');
}
