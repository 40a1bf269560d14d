import Type from 'typebox';
import { Nullable } from '../fields.js';

export const Interval = Type.Object({ estimate: Type.Number(), low: Type.Number(), high: Type.Number() });

export const CategoryRecall = Type.Object({
  found: Type.Integer({ description: 'audited posts that a person found to be of the category' }),
  missed: Nullable(Interval),
  alerts: Type.Object({ flags: Type.Integer(), judged: Type.Integer(), confirmed: Type.Integer() }),
  precision: Nullable(Interval),
  recall: Nullable(Interval),
});
