import type { TopicChange, TopicPlan } from '@siaga/stream';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A line for each change and each thing that is left to people. */
export function renderPlan({ changes, refused }: TopicPlan): string {
  if (changes.length + refused.length === 0) return 'the topics are as they should be';
  return [...changes.flatMap(lines), ...refused.map((why) => `left as it is: ${why}`)].join('\n');
}

function lines(change: TopicChange): string[] {
  switch (change.kind) {
    case 'create':
      return [`create ${change.topic.name}: ${change.topic.partitions} partitions, ${settings(change.topic.config)}`];
    case 'grow':
      return [
        `grow ${change.name} from ${change.from} to ${change.to} partitions: most keys move to another one, and what is under way of a key may be overtaken`,
      ];
    case 'set':
      return Object.entries(change.values).map(
        ([name, [before, after]]) =>
          `set ${change.name} ${name} to ${value(name, after)}${before === undefined ? '' : `, it is ${value(name, before)}`}`,
      );
  }
}

const settings = (config: Readonly<Record<string, string>>): string =>
  Object.entries(config)
    .map(([name, setting]) => `${name} ${value(name, setting)}`)
    .join(', ');

/** Days are what a person thinks in. */
function value(name: string, setting: string): string {
  const days = Number(setting) / DAY_MS;
  return name.endsWith('.ms') && days >= 1 ? `${setting} (${Number(days.toFixed(1))} days)` : setting;
}
