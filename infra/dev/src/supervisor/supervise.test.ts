import { expect, test } from '@jest/globals';
import type { EngineProcess, Exit } from '@siaga/engines';
import { deferred } from '@siaga/runtime';
import { createBackoff } from './backoff.js';
import { supervise, type SuperviseHooks } from './supervise.js';

test('pauses double up to ten seconds, and start afresh after a healthy run', () => {
  const backoff = createBackoff();
  expect([0, 0, 0, 0, 0, 0, 0].map((ran) => backoff.next(ran))).toEqual([250, 500, 1000, 2000, 4000, 8000, 10_000]);
  expect(backoff.next(60_000)).toBe(250);
});

interface FakeRun extends EngineProcess {
  end(exit: Partial<Exit>): void;
}

function fakeRun(pid: number): FakeRun {
  const { promise, resolve } = deferred<Exit>();
  const end = (exit: Partial<Exit>) => resolve({ code: null, signal: null, ...exit });
  return { pid, exited: promise, end, stop: () => Promise.resolve(end({ code: 0 })) };
}

/** A unit whose runs a test ends as it likes, and what the supervisor had to say. */
function scene() {
  const runs: FakeRun[] = [];
  const events: string[] = [];
  const waiting: { count: number; go: () => void }[] = [];
  const note = (event: string) => {
    events.push(event);
    waiting.filter(({ count }) => events.length >= count).forEach(({ go }) => go());
  };
  const hooks: SuperviseHooks = {
    onStart: (_name, pid) => note(`start ${pid}`),
    onRestart: (_name, why) => note(`restart ${why}`),
    onStop: () => note('stop'),
    onHopeless: (_name, why) => note(`hopeless ${why}`),
  };
  const unit = {
    name: 'unit',
    stopSignal: 'SIGTERM' as const,
    start: async () => {
      runs.push(fakeRun(runs.length + 1));
      return runs.at(-1)!;
    },
  };
  const seen = (count: number) =>
    new Promise<void>((go) => (events.length >= count ? go() : waiting.push({ count, go })));
  return { runs, events, hooks, unit, seen };
}

test('starts again what crashed, until it is stopped', async () => {
  const { runs, events, hooks, unit, seen } = scene();
  const supervised = await supervise(unit, hooks);
  runs[0]!.end({ signal: 'SIGKILL' });
  await seen(3);
  runs[1]!.end({ code: 0 });
  await seen(5);
  await supervised.stop();
  expect(events).toEqual(['start 1', 'restart SIGKILL', 'start 2', 'restart 0', 'start 3', 'stop']);
});

test('a stop during the pause starts nothing', async () => {
  const { runs, events, hooks, unit, seen } = scene();
  const supervised = await supervise(unit, hooks);
  runs[0]!.end({ code: 1 });
  await seen(2);
  await supervised.stop();
  expect(events).toEqual(['start 1', 'restart 1', 'stop']);
});

test('unusable settings are not tried twice', async () => {
  const { runs, events, hooks, unit, seen } = scene();
  await supervise(unit, hooks);
  runs[0]!.end({ code: 78 });
  await seen(2);
  expect(events).toEqual(['start 1', 'hopeless its settings cannot be used']);
});

test('what the first start throws is for the caller', async () => {
  const { hooks } = scene();
  const unit = { name: 'unit', stopSignal: 'SIGTERM' as const, start: () => Promise.reject(new Error('no disk')) };
  await expect(supervise(unit, hooks)).rejects.toThrow('no disk');
});
