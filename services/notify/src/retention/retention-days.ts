import { RETENTION, RETENTION_CLASSES, type RetentionClass } from '@siaga/storage';
import Type from 'typebox';

export type RetentionDays = Readonly<Record<RetentionClass, number>>;

const HUNDRED_YEARS = 36_500;

/** The policy's `retention`: for how many days each class of data stays. */
export const RetentionPolicy = Type.Unsafe<Partial<RetentionDays>>(
  Type.Object(
    Object.fromEntries(
      RETENTION_CLASSES.map((name) => [name, Type.Optional(Type.Number({ minimum: 1, maximum: HUNDRED_YEARS }))]),
    ),
    { additionalProperties: false },
  ),
);

/** What a policy says, and of what it says nothing, the defaults. */
export const retentionDays = ({ retention }: { readonly retention?: Partial<RetentionDays> }): RetentionDays =>
  Object.fromEntries(
    RETENTION_CLASSES.map((name) => [name, retention?.[name] ?? RETENTION[name].days]),
  ) as RetentionDays;
