import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { topicsOf, TOPIC_ACCESS } from '@siaga/contracts';
import { readSettings } from '@siaga/runtime';
import { PREFERRED_PORTS } from '../../../dev/src/fleet/ports.js';
import {
  compose,
  composeContainers,
  infra,
  kustomization,
  manifestFiles,
  ofKind,
  podContainers,
  podOf,
  SETTINGS,
  workloads,
  type Container,
  type Program,
} from './containers.fixture.js';

const OPS_PORTS: Partial<Record<string, number>> = {
  ingest: PREFERRED_PORTS.ingestOps,
  classify: PREFERRED_PORTS.classifyOps,
  notify: PREFERRED_PORTS.notifyOps,
  feed: PREFERRED_PORTS.feedOps,
};
const PORT_SETTINGS = {
  SIAGA_FEED_PORT: PREFERRED_PORTS.feed,
  SIAGA_NOTIFY_PORT: PREFERRED_PORTS.notify,
  SIAGA_PUSH_PORT: PREFERRED_PORTS.push,
};
/** Of other programs: Node itself. */
const FOREIGN = new Set(['NODE_OPTIONS']);
const isOurs = ({ name }: Container) => Object.hasOwn(SETTINGS, name);

const everyContainer = [...composeContainers, ...workloads.flatMap(podContainers)];
const ours = everyContainer.filter(isOurs).map((container) => [container.name, container] as const);
const docs = readFileSync(path.join(infra, '../docs/deploy.md'), 'utf8');

describe('what is deployed, by compose and on Kubernetes', () => {
  it.each(ours)('tells %s only settings that it has, all that it needs, and none that it refuses', (name, { env }) => {
    const schema = SETTINGS[name as Program];
    const unknown = [...env.keys()].filter(
      (setting) => !Object.hasOwn(schema.properties, setting) && !FOREIGN.has(setting),
    );
    expect(unknown).toEqual([]);
    expect(() => readSettings(schema as never, Object.fromEntries(env))).not.toThrow();
  });

  it('listens where the code does', () => {
    for (const [name, { env }] of ours) {
      const opsPort = OPS_PORTS[name];
      if (opsPort !== undefined) expect([name, env.get('SIAGA_OPS_PORT')]).toEqual([name, String(opsPort)]);
      for (const [setting, port] of Object.entries(PORT_SETTINGS)) {
        if (env.has(setting)) expect([name, setting, env.get(setting)]).toEqual([name, setting, String(port)]);
      }
    }
  });

  it('names an exact version of every image', () => {
    for (const { name, image } of everyContainer) {
      if (image !== 'siaga')
        expect([name, image]).toEqual([name, expect.stringMatching(/:v?\d+\.\d+(\.\d+)?(-[a-z]+)?$/)]);
    }
    for (const [, image] of readFileSync(path.join(infra, '../Dockerfile'), 'utf8').matchAll(/^FROM (\S+)/gm)) {
      expect(image).toMatch(/^node:\d+\.\d+\.\d+-/);
    }
  });
});

describe('compose', () => {
  it('runs ours without rights, and mounts what is there', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      if (Object.hasOwn(SETTINGS, name)) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      for (const secret of service.secrets ?? []) expect(compose.secrets).toHaveProperty([secret]);
      for (const [, source] of (service.volumes ?? []).join('\n').matchAll(/^(\.[^:]*):/gm)) {
        if (!source?.startsWith('./secrets'))
          expect([source, existsSync(path.join(infra, 'compose', source as string))]).toEqual([source, true]);
      }
      // Nothing is open to the network around it: a proxy with TLS comes before it.
      for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });

  it('makes every secret that it mounts', () => {
    const script = readFileSync(path.join(infra, 'compose/make-secrets.sh'), 'utf8');
    for (const { file } of Object.values(compose.secrets)) expect(script).toContain(path.basename(file));
  });
});

describe('Kubernetes', () => {
  it('applies every file', () => {
    const beside = ['kustomization.yaml', 'sources.yaml', 'policy.yaml'];
    expect([...kustomization.resources, ...beside].sort()).toEqual([...manifestFiles].sort());
  });

  it('runs every container without rights, on a root that nobody writes, within bounds', () => {
    for (const workload of workloads) {
      const { spec } = podOf(workload);
      expect(spec).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
      for (const { raw } of podContainers(workload)) {
        expect(raw.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(raw.resources).toMatchObject({
          requests: { memory: expect.any(String) },
          limits: { memory: expect.any(String) },
        });
        const mounted = (raw.volumeMounts as { name: string }[]).map(({ name }) => name);
        const volumes = (spec.volumes as { name: string }[]).map(({ name }) => name);
        expect(mounted.filter((name) => !volumes.includes(name))).toEqual([]);
      }
    }
  });

  it.each(ofKind('Deployment').map((manifest) => [manifest.metadata.name, manifest] as const))(
    'watches %s, keeps it through disruptions, and says whom it may speak to',
    (name, manifest) => {
      const labels = { 'app.kubernetes.io/name': name };
      expect(podOf(manifest).metadata.labels).toEqual(labels);
      const [container] = podContainers(manifest);
      expect(container?.raw.livenessProbe.httpGet.path).toBe('/livez');
      expect(container?.raw.readinessProbe.httpGet.path).toBe('/readyz');
      const ports = (container?.raw.ports ?? []) as { name: string; containerPort: number }[];
      expect(ports.find((port) => port.name === 'ops')?.containerPort).toBe(OPS_PORTS[name]);
      // The drain takes 14 s at most, and the pause before it 5.
      expect(podOf(manifest).spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(25);
      for (const kind of ['PodDisruptionBudget', 'NetworkPolicy']) {
        const found = ofKind(kind).find((candidate) => candidate.metadata.name === name);
        expect((found?.spec.selector ?? found?.spec.podSelector)?.matchLabels).toEqual(labels);
      }
    },
  );

  it('scales by groups and topics that there are, to no more workers than partitions', () => {
    for (const { spec } of ofKind('ScaledObject')) {
      const service = spec.scaleTargetRef.name as 'classify' | 'notify';
      const { topic, consumerGroup } = spec.triggers[0].metadata;
      const found = Object.values(topicsOf()).find(({ name }) => name === topic);
      expect(spec.maxReplicaCount).toBe(found?.partitions);
      expect(TOPIC_ACCESS[service].groups.map((group) => `siaga.${group}`)).toContain(consumerGroup);
    }
  });

  it('asks for Secrets by name alone, and the guide names each with its keys', () => {
    expect(ofKind('Secret')).toEqual([]);
    const asked = JSON.stringify(workloads).matchAll(/"(?:secretName|secretKeyRef":\{"name)":"([\w-]+)"/g);
    for (const secret of new Set([...asked].map(([, name]) => name as string))) expect(docs).toContain(`\`${secret}\``);
  });
});
