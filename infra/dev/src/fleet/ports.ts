import { freePort } from '@siaga/engines';

/** Where each part listens unless the port is taken. */
export const PREFERRED_PORTS = {
  kafka: 19092,
  kafkaController: 19093,
  postgres: 15432,
  feed: 3000,
  notify: 3001,
  platform: 3002,
  push: 3003,
  ingestOps: 9101,
  classifyOps: 9102,
  notifyOps: 9103,
  feedOps: 9104,
  prometheus: 19090,
} as const;

export type Ports = Record<keyof typeof PREFERRED_PORTS, number>;

/** @returns a free port for every part, the preferred one where possible; `onMoved` hears of the others */
export async function choosePorts(
  onMoved: (part: string, wanted: number, got: number) => void,
  findFree: (preferred?: number) => Promise<number> = freePort,
): Promise<Ports> {
  const ports: Partial<Ports> = {};
  const taken = new Set<number>(Object.values(PREFERRED_PORTS));
  for (const [part, wanted] of Object.entries(PREFERRED_PORTS) as [keyof Ports, number][]) {
    let port = await findFree(wanted);
    // A random port may be one that a later part is going to want, or was given already.
    while (port !== wanted && taken.has(port)) port = await findFree();
    taken.add(port);
    ports[part] = port;
    if (port !== wanted) onMoved(part, wanted, port);
  }
  return ports as Ports;
}
