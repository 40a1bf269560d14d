/** How a source fares, as its holder files it with the lease and operators read it. */
export interface SourceHealth {
  /** starting: not heard of yet; running; failing: opened again after pauses; ended: it has no more and never will. */
  readonly state: 'starting' | 'running' | 'failing' | 'ended';
  readonly since: string;
  /** Posts since this worker took the source. */
  readonly posts: number;
  readonly refused: number;
  readonly failures: number;
  readonly lastEventAt?: string;
  /** How far the latest event lay behind, by the source's own clock. */
  readonly lagMs?: number;
  /** Of the latest failure; bounded, and never the text of a post. */
  readonly lastError?: string;
}

const MAX_ERROR_LENGTH = 300;

export interface HealthBook {
  readonly current: SourceHealth;
  /** @param at the source's clock at the latest event, where it has one */
  batch(posts: number, refused: number, at?: Date): void;
  failed(error: unknown): void;
  ended(): void;
}

export function healthBook(now: () => Date = () => new Date()): HealthBook {
  let current: SourceHealth = { state: 'starting', since: now().toISOString(), posts: 0, refused: 0, failures: 0 };
  const enter = (state: SourceHealth['state']) => {
    if (current.state !== state) current = { ...current, state, since: now().toISOString() };
  };
  return {
    get current() {
      return current;
    },
    batch(posts, refused, at) {
      enter('running');
      current = { ...current, posts: current.posts + posts, refused: current.refused + refused };
      if (posts + refused > 0) current = { ...current, lastEventAt: now().toISOString() };
      if (at) current = { ...current, lagMs: Math.max(0, now().getTime() - at.getTime()) };
    },
    failed(error) {
      enter('failing');
      const lastError = (error as Error).message.slice(0, MAX_ERROR_LENGTH);
      current = { ...current, failures: current.failures + 1, lastError };
    },
    ended: () => enter('ended'),
  };
}
