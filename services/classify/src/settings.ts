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
  SIAGA_CLASSIFY_BATCH: Type.Integer({
    default: 1024,
    minimum: 1,
    maximum: 4096,
    description: 'most posts per micro-batch',
  }),
});
export type Settings = Static<typeof Settings>;
