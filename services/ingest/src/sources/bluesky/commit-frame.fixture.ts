import * as CarBufferWriter from '@ipld/car/buffer-writer';
import * as dagCbor from '@ipld/dag-cbor';
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';

export interface Op {
  readonly action: 'create' | 'update' | 'delete';
  readonly path: string;
  readonly record?: unknown;
}

/** A frame of `com.atproto.sync.subscribeRepos` as a PDS would write it. */
export async function commitFrame(ops: readonly Op[], seq = 41, time = '2026-11-01T00:00:05.000Z'): Promise<Buffer> {
  const blocks = await Promise.all(ops.map(({ record }) => (record ? block(record) : undefined)));
  const car = CarBufferWriter.createWriter(new ArrayBuffer(100_000), { roots: [] });
  for (const one of blocks) if (one) car.write(one);
  const body = {
    ...{ seq, time, repo: 'did:plc:abc' },
    blocks: car.close({ resize: true }),
    ops: ops.map(({ action, path }, i) => ({ action, path, cid: blocks[i]?.cid ?? null })),
  };
  return Buffer.concat([dagCbor.encode({ op: 1, t: '#commit' }), dagCbor.encode(body)]);
}

async function block(value: unknown): Promise<{ cid: CID; bytes: Uint8Array }> {
  const bytes = dagCbor.encode(value);
  return { bytes, cid: CID.create(1, dagCbor.code, await sha256.digest(bytes)) };
}
