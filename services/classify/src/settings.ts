import { kafkaSettings } from '@siaga/runtime';
import Type, { type Static } from 'typebox';

export const Settings = Type.Object({
  ...kafkaSettings,
  SIAGA_MODEL_DIR: Type.Optional(
    Type.String({ description: 'folder of the artefact; the one shipped with Siaga if unset' }),
  ),
  SIAGA_MODEL_POINTER: Type.Optional(
    Type.String({
      description: 'JSON file {"active": folder, "shadow"?: folder}; a change is picked up while running',
    }),
  ),
  SIAGA_MODEL_BACKEND: Type.Union([Type.Literal('auto'), Type.Literal('native'), Type.Literal('wasm')], {
    default: 'auto',
    description: 'auto (native when it loads), native or wasm',
  }),
  SIAGA_AUDIT_SHARE: Type.Number({
    default: 0.001,
    minimum: 0,
    maximum: 1,
    description: 'share of the posts below every threshold that people look at, 0 for none',
  }),
  SIAGA_AUDIT_SEED: Type.String({
    default: 'siaga',
    maxLength: 100,
    description: 'decides which posts these are; the same in every process',
  }),
  SIAGA_CLASSIFY_LOOK_BACK_DAYS: Type.Number({
    default: 7,
    minimum: 0,
    maximum: 365,
    description: 'how far back earlier posts are read again for a new claim, as far as Kafka has them; 0 for never',
  }),
  SIAGA_CLASSIFY_BATCH: Type.Integer({
    default: 1024,
    minimum: 1,
    maximum: 4096,
    description: 'most posts per micro-batch',
  }),
  SIAGA_CLASSIFY_FETCH_BYTES: Type.Integer({
    default: 8 * 2 ** 20,
    minimum: 2 ** 16,
    maximum: 2 ** 28,
    description:
      'most bytes of posts taken from Kafka at a time; memory is bounded by a few times this, whatever the lag',
  }),
  SIAGA_CLASSIFY_SESSION_MS: Type.Integer({
    default: 10_000,
    minimum: 1_000,
    maximum: 300_000,
    description: 'a worker that Kafka has not heard of for so long loses its partitions to the others',
  }),
});
export type Settings = Static<typeof Settings>;
