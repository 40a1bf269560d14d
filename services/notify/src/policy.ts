import { createHash } from 'node:crypto';
import { CATEGORIES } from '@siaga/contracts';
import { checkYaml, parseYamlFile, SettingsError, type YamlFile } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import { KeyNames } from './channels/fields.js';
import { ENTRIES, type ChannelEntry } from './channels/kinds.js';
import { LookUpEntry } from './liveness/look-up.js';
import { RetentionPolicy } from './retention/retention-days.js';

const FAULTS_SHOWN = 20;

/** False: a person must decide before anything is sent. `matched`: unless the post repeats a claim that was debunked. */
const Automatic = Type.Union([Type.Boolean(), Type.Literal('matched')]);

/** What a category does with posts of one sub-label, such as hate against a religion. */
const LabelPolicy = Type.Object({
  /** Of the model's score for the label. */
  from: Type.Number({ minimum: 0, maximum: 1, default: 0.5 }),
  automatic: Type.Optional(Automatic),
  urgency: Type.Optional(Type.String()),
  threshold: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
});

/** Posts that a person must read whatever their score: criticism of officials is not hate. */
const QuietRule = Type.Object({
  name: Type.String({ minLength: 1 }),
  /** One of these words in the text, as they stand in normalised text. */
  words: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
  /** Sub-labels that, from 0.5, say that it is more than that. */
  unless: Type.Array(Type.String(), { default: [] }),
});
export type QuietRule = Static<typeof QuietRule>;

const CategoryPolicy = Type.Object({
  automatic: Automatic,
  /** One of the urgencies below. */
  urgency: Type.String(),
  /** The score from which no person need decide, where that is more than what the model's thresholds ask. */
  threshold: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  /** By sub-label; the first that applies counts. */
  labels: Type.Optional(Type.Record(Type.String(), LabelPolicy)),
  /** What a notice is: a referral under the platform's own rules, or an order that the law gives the notifier. */
  instrument: Type.Union([Type.Literal('referral'), Type.Literal('order')], { default: 'referral' }),
  /** Shown to the platform as the ground of the notice. */
  legalBasis: Type.Array(Type.String(), { default: [] }),
});

/** Checked by the schema of its kind once the kind is known to be one. */
const ChannelPolicy = Type.Unsafe<ChannelEntry>(Type.Object({ kind: Type.Enum(Object.keys(ENTRIES)) }));

/** When a platform is sent nothing more without a person. */
const PrecisionPolicy = Type.Object({
  /** How far back its answers count. */
  days: Type.Number({ exclusiveMinimum: 0, maximum: 3_650, default: 30 }),
  /** The share of the notices it has judged that it may reject or dispute. */
  budget: Type.Number({ minimum: 0, maximum: 1, default: 0.2 }),
  /** Fewer judged notices than these say nothing. */
  atLeast: Type.Integer({ minimum: 1, default: 20 }),
});
export type PrecisionPolicy = Static<typeof PrecisionPolicy>;

const PlatformPolicy = Type.Object({
  name: Type.String({ minLength: 1 }),
  accepts: Type.Array(Type.Enum([...CATEGORIES])),
  /** Notices that may be opened in 24 hours without a person; no limit when not given. */
  dailyNotices: Type.Optional(Type.Integer({ minimum: 0 })),
  /** The defaults when not given. */
  precision: Type.Optional(PrecisionPolicy),
  /** Of the explanation; Indonesian when not given. */
  language: Type.Optional(Type.Enum(['id', 'en'])),
  channel: ChannelPolicy,
  /** Taken when the first is failing and the deadline nears. */
  fallback: Type.Optional(ChannelPolicy),
  /** Of the time until the deadline, the share that is left when the fallback is taken; half when not given. */
  fallbackFrom: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  /** Who is told when a deadline has passed; the same as before when not given. */
  nextContact: Type.Optional(ChannelPolicy),
  /** What signs the platform's answers: `whsec_` keys, or `whpk_` keys (ed25519); without one it cannot call back. */
  answerSecret: Type.Optional(KeyNames),
  /** Where its posts are looked up again; at their own addresses when not given. */
  lookUp: Type.Optional(LookUpEntry),
});
export type PlatformPolicy = Static<typeof PlatformPolicy>;

/** Looking up again what was reported, to learn what became of it; nothing is looked up when not given. */
const Liveness = Type.Object({
  on: Type.Boolean({ default: true }),
  /** After the notice was delivered. */
  hours: Type.Array(Type.Number({ exclusiveMinimum: 0, maximum: 8_760 }), {
    ...{ minItems: 1, maxItems: 20, default: [1, 6, 24, 72, 168] },
  }),
  /** How often one host is asked, by the whole fleet. */
  perHostPerMinute: Type.Number({ exclusiveMinimum: 0, maximum: 6_000, default: 30 }),
});

/** What may be sent to whom, by when. Categories, deadlines and grounds follow regulation, so they are never code. */
export const Policy = Type.Object({
  version: Type.Literal(1),
  notifier: Type.Object({
    name: Type.String({ minLength: 1 }),
    email: Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$' }),
  }),
  /** How long copies may gather before a notice leaves. */
  settleSeconds: Type.Number({ minimum: 0, default: 10 }),
  /** How long later copies gather before a revision leaves; never longer than a tenth of the deadline. */
  revisionMinutes: Type.Number({ minimum: 0, default: 15 }),
  /** Estimated Jaccard similarity of shingles from which two texts are one campaign. */
  similarity: Type.Number({ minimum: 0, maximum: 1, default: 0.5 }),
  urgencies: Type.Record(Type.String(), Type.Object({ hours: Type.Number({ exclusiveMinimum: 0 }) })),
  categories: Type.Object({ hoax: CategoryPolicy, hate: CategoryPolicy, bullying: CategoryPolicy }),
  quiet: Type.Array(QuietRule, { default: [] }),
  liveness: Type.Optional(Liveness),
  /** For how many days each class of data stays; the defaults where nothing is said. */
  retention: Type.Optional(RetentionPolicy),
  /** By the platform's id, as posts carry it. */
  platforms: Type.Record(Type.String(), PlatformPolicy),
});
export type Policy = Static<typeof Policy>;

/** The ways to a platform that its policy may name. */
const CHANNELS = ['channel', 'fallback', 'nextContact'] as const;

/** @throws SettingsError naming every fault of the file */
export function readPolicy(file: string): Policy {
  const yaml = parseYamlFile(file);
  const { value: policy, faults } = checkYaml(yaml, Policy, yaml.content);
  refuse(faults);
  refuse([...channelFaults(yaml, policy), ...urgencyFaults(yaml, policy)]);
  return policy;
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new SettingsError([...new Set(faults)].slice(0, FAULTS_SHOWN));
}

/** Fills in what the entries of channels leave out, too. */
const channelFaults = (yaml: YamlFile, { platforms }: Policy): string[] =>
  Object.entries(platforms).flatMap(([id, platform]) =>
    CHANNELS.flatMap((name) => {
      const entry = platform[name];
      if (!entry) return [];
      const { value, faults } = checkYaml(yaml, ENTRIES[entry.kind], entry, ['platforms', id, name]);
      platform[name] = value;
      return faults;
    }),
  );

const urgencyFaults = ({ file }: YamlFile, { categories, urgencies }: Policy): string[] =>
  CATEGORIES.flatMap((category) => {
    const { urgency, labels = {} } = categories[category];
    return [urgency, ...Object.values(labels).flatMap((label) => label.urgency ?? [])];
  })
    .filter((urgency) => !Object.hasOwn(urgencies, urgency))
    .map((urgency) => `${file}: urgency "${urgency}" is used by a category and not defined under urgencies`);

/** Names a policy by what it says, so that what was decided can be traced to the rules of its day. */
export function policyVersion(policy: Policy): string {
  const known = versions.get(policy);
  if (known !== undefined) return known;
  const version = createHash('sha256').update(JSON.stringify(policy)).digest('hex').slice(0, 12);
  versions.set(policy, version);
  return version;
}
const versions = new WeakMap<Policy, string>();

/** How long later copies gather, in milliseconds. */
export function revisionMs(policy: Policy, urgency: string): number {
  return Math.min(policy.revisionMinutes * 60_000, deadlineMs(policy, urgency) / 10);
}

/** @returns when a notice opened at `from` is due */
export function dueAt(policy: Policy, urgency: string, from: Date): Date {
  return new Date(from.getTime() + deadlineMs(policy, urgency));
}

function deadlineMs(policy: Policy, urgency: string): number {
  return (policy.urgencies[urgency]?.hours ?? 24) * 3_600_000;
}

/** Something for each platform, by its id. */
export function mapPlatforms<T>(policy: Policy, make: (platform: PlatformPolicy) => T): Map<string, T> {
  return new Map(Object.entries(policy.platforms).map(([id, platform]) => [id, make(platform)]));
}
