import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { loadScorer, type Scorer } from '@siaga/models';
import { SettingsError, type Logger } from '@siaga/runtime';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { ClassifyMetrics } from './metrics.js';
import { smokeCheck } from './smoke-check.js';

export type Role = 'active' | 'shadow';

/** The models in service. Read both once per micro-batch: they change between batches, never within one. */
export interface ModelSlot {
  readonly active: Scorer;
  readonly shadow: Scorer | undefined;
  close(): Promise<void>;
}

export interface ModelSlotOptions {
  /** JSON file `{"active": dir, "shadow"?: dir}`, folders relative to it; watched for changes. */
  readonly pointer?: string | undefined;
  /** Served when there is no pointer. */
  readonly fallback: string;
  readonly backend: 'auto' | 'native' | 'wasm';
  readonly metrics: ClassifyMetrics;
  readonly log: Logger;
  readonly pollMs?: number;
}

const POLL_MS = 1_000;

const Pointer = Compile(
  Type.Object({ active: Type.String({ minLength: 1 }), shadow: Type.Optional(Type.String({ minLength: 1 })) }),
);

/**
 * Loads the models, and loads others when the pointer says so. A model that cannot be loaded or fails its smoke check
 * is refused: the one before it goes on, and `siaga_classify_model_refused` says so until it is mended.
 *
 * @throws SettingsError when there is no model to begin with
 */
export async function openModelSlot(options: ModelSlotOptions): Promise<ModelSlot> {
  const { metrics, log, pollMs = POLL_MS } = options;
  const serving: Partial<Record<Role, { scorer: Scorer; stamp: string }>> = {};

  const show = (role: Role, scorer: Scorer, value: number) => {
    const { name: model, version, backend } = scorer;
    if (value > 0) metrics.model.set({ role, model, version, backend }, value);
    else metrics.model.remove({ role, model, version, backend });
  };
  const retire = (role: Role) => {
    const old = serving[role];
    if (!old) return;
    show(role, old.scorer, 0);
    old.scorer.dispose();
    delete serving[role];
  };
  const put = async (role: Role, dir: string, stamp: string) => {
    const scorer = await loadChecked(dir, options.backend);
    retire(role);
    serving[role] = { scorer, stamp };
    show(role, scorer, 1);
    const { name: model, version, backend } = scorer;
    log.info({ role, model, version, backend }, 'model in service');
  };
  const refused = new Map<Role, string>();
  const refresh = async () => {
    const wanted = await readPointer(options);
    for (const role of ['active', 'shadow'] as const) {
      const dir = wanted[role];
      if (dir === undefined) {
        retire(role);
        continue;
      }
      const stamp = await stampOf(dir);
      if (refused.get(role) === stamp) continue;
      try {
        if (serving[role]?.stamp !== stamp) await put(role, dir, stamp);
        refused.delete(role);
      } catch (err) {
        refused.set(role, stamp);
        metrics.modelRefusals.inc({ role });
        log.error({ err, role, dir }, 'model refused, the one before it goes on');
      }
      metrics.modelRefused.set({ role }, refused.has(role) ? 1 : 0);
    }
  };

  const first = await readPointer(options);
  try {
    await put('active', first.active, await stampOf(first.active));
  } catch (error) {
    throw new SettingsError([`no usable model in ${first.active}: ${(error as Error).message}`]);
  }
  await refresh();

  const stopping = new AbortController();
  const watching = watch(stopping.signal, pollMs, async () => {
    await refresh().catch((err: unknown) => log.error({ err }, 'the model pointer cannot be read'));
  });
  return {
    get active() {
      return (serving.active as { scorer: Scorer }).scorer;
    },
    get shadow() {
      return serving.shadow?.scorer;
    },
    async close() {
      stopping.abort();
      await watching;
      retire('shadow');
      retire('active');
    },
  };
}

async function loadChecked(dir: string, backend: ModelSlotOptions['backend']): Promise<Scorer> {
  const scorer = await loadScorer(dir, { backend });
  try {
    smokeCheck(scorer);
    return scorer;
  } catch (error) {
    scorer.dispose();
    throw error;
  }
}

async function readPointer({ pointer, fallback }: ModelSlotOptions): Promise<{ active: string; shadow?: string }> {
  if (pointer === undefined) return { active: fallback };
  let value: unknown;
  try {
    value = JSON.parse(await readFile(pointer, 'utf8'));
  } catch (error) {
    throw new SettingsError([`${pointer} cannot be read: ${(error as Error).message}`]);
  }
  if (!Pointer.Check(value)) throw new SettingsError([`${pointer} must hold {"active": folder, "shadow"?: folder}`]);
  const folder = (name: string) => path.resolve(path.dirname(pointer), name);
  return { active: folder(value.active), ...(value.shadow === undefined ? {} : { shadow: folder(value.shadow) }) };
}

/** Changes when the folder is another one, or its manifest was written again. */
async function stampOf(dir: string): Promise<string> {
  const manifest = await stat(path.join(dir, 'manifest.json')).catch(() => undefined);
  return `${dir} ${manifest?.mtimeMs ?? 'missing'}`;
}

async function watch(signal: AbortSignal, pollMs: number, look: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await wait(pollMs, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await look();
  }
}
