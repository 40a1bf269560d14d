import { databaseSettings, kafkaSettings } from '@siaga/runtime';
import Type, { type Static } from 'typebox';

export const Settings = Type.Object({
  ...kafkaSettings,
  ...databaseSettings,
  SIAGA_SOURCES_FILE: Type.String({ minLength: 1, description: 'YAML file that lists the sources' }),
  SIAGA_SECRETS_FILE: Type.String({ minLength: 1, description: 'JSON file of secrets; ingest needs "author-key"' }),
  SIAGA_ALLOW_PRIVATE_ADDRESSES: Type.Boolean({
    default: false,
    description: 'true lets feeds be fetched from private and loopback addresses: for tests and closed networks',
  }),
});
export type Settings = Static<typeof Settings>;

const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,62}$' });

/** The source registry. */
export const SourcesFile = Type.Object({
  sources: Type.Array(
    Type.Union([
      Type.Object({
        name: Name,
        kind: Type.Literal('file'),
        path: Type.String({ minLength: 1 }),
        platform: Type.Optional(Name),
        follow: Type.Optional(Type.Boolean()),
      }),
      Type.Object({
        name: Name,
        kind: Type.Literal('feed'),
        url: Type.String({ pattern: '^https?://' }),
        platform: Type.Optional(Name),
        pollSeconds: Type.Optional(Type.Number({ minimum: 1 })),
      }),
    ]),
  ),
});
export type SourceSettings = Static<typeof SourcesFile>['sources'][number];
