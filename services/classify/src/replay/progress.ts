/** "12000 of 40000 posts, 8100/s, 3 s left"; the rate is that of the stage so far. */
export function progressOf(now: () => number = Date.now) {
  let stage = '';
  let startedAt = 0;
  return (name: string, done: number, total: number): string => {
    if (name !== stage) [stage, startedAt] = [name, now()];
    const seconds = (now() - startedAt) / 1000;
    const rate = seconds > 0 ? done / seconds : 0;
    const left = rate > 0 ? `, ${Math.round(rate)}/s, ${Math.ceil((total - done) / rate)} s left` : '';
    return `${done} of ${total} ${name}${left}`;
  };
}
