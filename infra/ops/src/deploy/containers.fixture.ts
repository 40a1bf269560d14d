import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Settings as Classify } from '../../../../services/classify/src/settings.js';
import { Settings as Feed } from '../../../../services/feed/src/settings.js';
import { Settings as Ingest } from '../../../../services/ingest/src/settings.js';
import { Settings as Notify } from '../../../../services/notify/src/settings.js';
import { databaseSettings, kafkaSettings, processSettings } from '@siaga/runtime';
import Type from 'typebox';
import { parse, parseAllDocuments } from 'yaml';

export const infra = path.resolve(import.meta.dirname, '../../..');

/** What each container may be told: the settings of its program. `setup` and `note` run programs of infra/ops. */
export const SETTINGS = {
  ingest: Type.Object({ ...processSettings, ...Ingest.properties }),
  classify: Type.Object({ ...processSettings, ...Classify.properties }),
  notify: Type.Object({ ...processSettings, ...Notify.properties }),
  feed: Type.Object({ ...processSettings, ...Feed.properties }),
  setup: Type.Object({ ...kafkaSettings, ...databaseSettings }),
  note: Type.Object(kafkaSettings),
};
export type Program = keyof typeof SETTINGS;

/** A container of either way to deploy, with its settings. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly env: ReadonlyMap<string, string | undefined>;
}

export interface ComposeService {
  readonly image: string;
  readonly environment?: Record<string, string>;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly secrets?: string[];
  readonly volumes?: string[];
  readonly ports?: string[];
}

export const compose = parse(readFileSync(path.join(infra, 'compose', 'compose.yaml'), 'utf8'), { merge: true }) as {
  services: Record<string, ComposeService>;
  secrets: Record<string, { file: string }>;
};

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Record<string, string>;
  // Kubernetes' own shapes, of which each test looks at its part.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly spec?: any;
}

const kubernetes = path.join(infra, 'kubernetes');
export const kustomization = parse(readFileSync(path.join(kubernetes, 'kustomization.yaml'), 'utf8')) as {
  resources: string[];
};
export const manifestFiles = readdirSync(kubernetes).filter((name) => name.endsWith('.yaml'));
export const manifests = kustomization.resources.flatMap((file) =>
  parseAllDocuments(readFileSync(path.join(kubernetes, file), 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors.join(', ')}`);
    return document.toJS() as Manifest;
  }),
);

export const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);

interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
    readonly fieldRef?: { readonly fieldPath: string };
  };
}

const configMap = (name: string) =>
  manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name)?.data ?? {};

/** What a Secret holds is not known here, and the pod's own name not before it is there: something of that kind stands for them. */
const valueOf = ({ value, valueFrom }: EnvVar): string | undefined => {
  if (valueFrom?.configMapKeyRef) return configMap(valueFrom.configMapKeyRef.name)[valueFrom.configMapKeyRef.key];
  if (valueFrom?.secretKeyRef?.key === 'url') return 'postgres://siaga@postgres:5432/siaga';
  return valueFrom?.fieldRef ? 'pod-1' : value;
};

/** The pod of a Deployment, Job or CronJob. */
export const podOf = ({ spec }: Manifest) => (spec.jobTemplate?.spec ?? spec).template;
export const workloads = manifests.filter(({ kind }) => ['Deployment', 'Job', 'CronJob'].includes(kind));

export const podContainers = (manifest: Manifest): (Container & { readonly raw: Manifest['spec'] })[] => {
  const { containers, initContainers = [] } = podOf(manifest).spec;
  return [...initContainers, ...containers].map((raw) => ({
    name: raw.name as string,
    image: raw.image as string,
    raw,
    env: new Map<string, string | undefined>([
      ...((raw.envFrom ?? []) as { configMapRef: { name: string } }[]).flatMap(({ configMapRef }) =>
        Object.entries(configMap(configMapRef.name)),
      ),
      ...((raw.env ?? []) as EnvVar[]).map((variable) => [variable.name, valueOf(variable)] as const),
    ]),
  }));
};

export const composeContainers: Container[] = Object.entries(compose.services).map(
  ([name, { image, environment }]) => ({
    ...{ name, image },
    // Of ${NAME:-value}, the value.
    env: new Map(
      Object.entries(environment ?? {}).map(([key, value]) => [key, value.replace(/^\$\{\w+:-(.*)\}$/, '$1')]),
    ),
  }),
);
