import { databaseSettings, kafkaSettings } from '@siaga/runtime';
import Type, { type Static } from 'typebox';

export const Settings = Type.Object({
  ...kafkaSettings,
  ...databaseSettings,
  SIAGA_POLICY_FILE: Type.String({ minLength: 1, description: 'YAML file of the policy' }),
  SIAGA_SECRETS_FILE: Type.String({ minLength: 1, description: 'JSON file of the secrets that the policy names' }),
  SIAGA_NOTIFY_HOST: Type.String({ default: '127.0.0.1', description: 'address that platforms answer to' }),
  SIAGA_NOTIFY_PORT: Type.Integer({ default: 3001, minimum: 0, maximum: 65535, description: 'port of that address' }),
  SIAGA_PUBLIC_URL: Type.String({ pattern: '^https?://', description: 'how platforms reach it from outside' }),
  SIAGA_ALLOW_PRIVATE_ADDRESSES: Type.Boolean({
    default: false,
    description: 'true lets notices go to private and loopback addresses: for tests and closed networks',
  }),
});
export type Settings = Static<typeof Settings>;
