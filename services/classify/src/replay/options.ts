import { parseArgs } from 'node:util';
import { UsageError } from '@siaga/runtime';

export const HELP = `npm run replay -- --from INSTANT (--model DIR | --thresholds FILE) [options]

Scores posts that the fleet has seen once more, with another model or other thresholds, and compares with what it said of
them then. Reads Kafka only: nothing is written to it, nothing is sent, and the fleet's consumers are not touched.

  --from INSTANT     2026-11-01 or 2026-11-01T07:30Z; the time at which a post reached Kafka
  --to INSTANT       until now unless given
  --model DIR        artefact folder; the model shipped with Siaga unless given
  --thresholds FILE  JSON {"hate": {"flag": 0.9}, ...}, or a manifest.json; a category left out keeps the model's
  --report DIR       writes report.json, report.txt and every gained or lost item (items.ndjson) there
  --json             the report as one JSON object on standard output
  --brokers LIST     host:port, separated by commas; the fleet of this checkout unless given
  --prefix NAME      first part of the topics' names (siaga)
  --backend NAME     auto (default), native or wasm
  --help             this text`;

export interface ReplayOptions {
  readonly help: boolean;
  readonly from: number;
  readonly to: number | undefined;
  readonly model: string | undefined;
  readonly thresholds: string | undefined;
  readonly report: string | undefined;
  readonly json: boolean;
  readonly brokers: string;
  readonly prefix: string;
  readonly backend: 'auto' | 'native' | 'wasm';
}

/** @throws UsageError */
export function parseOptions(args: readonly string[]): ReplayOptions {
  const values = parse(args);
  const { help, from, to, model, thresholds, report, json, prefix, backend } = values;
  if (backend !== 'auto' && backend !== 'native' && backend !== 'wasm')
    throw new UsageError(`--backend ${backend} is not auto, native or wasm`);
  if (!/^[a-zA-Z0-9._-]{1,100}$/.test(prefix)) throw new UsageError(`--prefix ${prefix} cannot begin a topic's name`);
  const common: Omit<ReplayOptions, 'from' | 'to'> = {
    help,
    model,
    thresholds,
    report,
    json,
    prefix,
    brokers: values.brokers ?? '',
    backend,
  };
  if (help) return { ...common, from: 0, to: undefined };
  if (from === undefined) throw new UsageError('--from is missing: from when on? for example --from 2026-11-01');
  if (model === undefined && thresholds === undefined)
    throw new UsageError('nothing to compare with: give --model DIR, --thresholds FILE or both');
  if (values.brokers === undefined) throw new UsageError('--brokers is missing: host:port of a Kafka broker');
  const window = { from: instant('--from', from), to: to === undefined ? undefined : instant('--to', to) };
  if (window.to !== undefined && window.to <= window.from) throw new UsageError('--to must be later than --from');
  return { ...common, ...window };
}

const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

function instant(option: string, text: string): number {
  const value = INSTANT.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(value))
    throw new UsageError(`${option} ${text} is no instant: write 2026-11-01 (UTC) or 2026-11-01T07:30Z`);
  return value;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        from: { type: 'string' },
        to: { type: 'string' },
        model: { type: 'string' },
        thresholds: { type: 'string' },
        report: { type: 'string' },
        json: { type: 'boolean', default: false },
        brokers: { type: 'string' },
        prefix: { type: 'string', default: 'siaga' },
        backend: { type: 'string', default: 'auto' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}; --help lists the options`);
  }
}
