import { CATEGORIES, type Category } from '@siaga/contracts';
import { readYamlFile, SettingsError } from '@siaga/runtime';
import Type, { type Static } from 'typebox';

const CategoryPolicy = Type.Object({
  /** False: a person must decide before anything is sent. */
  automatic: Type.Boolean(),
  /** One of the urgencies below. */
  urgency: Type.String(),
  /** What a notice is: a referral under the platform's own rules, or an order that the law gives the notifier. */
  instrument: Type.Union([Type.Literal('referral'), Type.Literal('order')], { default: 'referral' }),
  /** Shown to the platform as the ground of the notice. */
  legalBasis: Type.Array(Type.String(), { default: [] }),
});

const PlatformPolicy = Type.Object({
  name: Type.String({ minLength: 1 }),
  accepts: Type.Array(Type.Enum([...CATEGORIES])),
  /** Of the explanation; Indonesian when not given. */
  language: Type.Optional(Type.Enum(['id', 'en'])),
  channel: Type.Object({
    kind: Type.Literal('webhook'),
    url: Type.String({ pattern: '^https?://' }),
    /** Name of the `whsec_` secret that signs notices. */
    secret: Type.String(),
    /** Where a platform can be asked whether it has a message; `{id}` stands for the webhook-id. */
    inquiryUrl: Type.Optional(Type.String({ pattern: '^https?://.*\\{id\\}' })),
  }),
  /** Name of the `whsec_` secret that signs the platform's answers. */
  answerSecret: Type.String(),
});
export type PlatformPolicy = Static<typeof PlatformPolicy>;

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
  /** By the platform's id, as posts carry it. */
  platforms: Type.Record(Type.String(), PlatformPolicy),
});
export type Policy = Static<typeof Policy>;

/** @throws SettingsError naming every fault of the file */
export function readPolicy(file: string): Policy {
  const policy = readYamlFile(file, Policy);
  const faults = CATEGORIES.map((category) => policy.categories[category].urgency)
    .filter((urgency) => !(urgency in policy.urgencies))
    .map((urgency) => `${file}: urgency "${urgency}" is used by a category and not defined under urgencies`);
  if (faults.length > 0) throw new SettingsError([...new Set(faults)]);
  return policy;
}

/** The platform's policy, when a notice of this category may go to it without a person deciding. */
export function automaticDestination(policy: Policy, platform: string, category: Category): PlatformPolicy | undefined {
  const destination = Object.hasOwn(policy.platforms, platform) ? policy.platforms[platform] : undefined;
  return policy.categories[category].automatic && destination?.accepts.includes(category) ? destination : undefined;
}

/** How long later copies of a category's campaign gather, in milliseconds. */
export function revisionMs(policy: Policy, category: Category): number {
  return Math.min(policy.revisionMinutes * 60_000, deadlineMs(policy, category) / 10);
}

/** @returns when a notice opened at `from` is due */
export function dueAt(policy: Policy, category: Category, from: Date): Date {
  return new Date(from.getTime() + deadlineMs(policy, category));
}

function deadlineMs(policy: Policy, category: Category): number {
  return (policy.urgencies[policy.categories[category].urgency]?.hours ?? 24) * 3_600_000;
}
