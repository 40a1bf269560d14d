import { databaseSettings } from '@siaga/runtime';
import Type, { type Static } from 'typebox';

export const Settings = Type.Object({
  ...databaseSettings,
  SIAGA_FEED_PORT: Type.Integer({
    minimum: 0,
    maximum: 65535,
    default: 3000,
    description: 'port of the API and console',
  }),
  SIAGA_FEED_HOST: Type.String({ default: '127.0.0.1', description: 'address that port listens on' }),
  SIAGA_FEED_STREAM_CLIENTS: Type.Integer({
    minimum: 1,
    maximum: 100_000,
    default: 2000,
    description: 'live streams served at once; the next client is asked to come back later',
  }),
});
export type Settings = Static<typeof Settings>;
