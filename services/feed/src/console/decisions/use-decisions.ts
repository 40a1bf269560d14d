import { useCallback, useRef, useState } from 'preact/hooks';
import type { DecisionEvent, Review } from '../../review.js';
import { eventOf, type Decision, type Outcome, type Subject, type Word } from './decision.js';
import { sendDecisions } from './send-decisions.js';

/** What can be decided about: a row of the queue, an open campaign. */
export interface Decidable {
  readonly key: string;
  readonly subject: Subject;
  readonly review: Review;
}

/** A decision that was not recorded, because somebody else had decided since. */
export interface Conflict {
  readonly target: Decidable;
  readonly word: Word;
  readonly current: Review;
}

/** What is to be told of the latest decisions; each has another number. */
export interface Told {
  readonly number: number;
  readonly action: Decision['action'];
  readonly made: number;
  readonly failed: number;
  /** Of a failure, as the server says it. */
  readonly detail: string;
  readonly canUndo: boolean;
}

export interface Decisions {
  /** Keys of what is on its way. */
  readonly saving: ReadonlySet<string>;
  readonly conflicts: ReadonlyMap<string, Conflict>;
  readonly told: Told | undefined;
  readonly decide: (targets: readonly Decidable[], word: Word) => Promise<void>;
  /** Takes back what was decided last on this page, all of it if it was several at once. */
  readonly undo: () => Promise<void>;
  /** Ends a conflict: by leaving what the other has decided, or by deciding in spite of it. */
  readonly settle: (key: string, how: 'keep' | 'insist') => void;
  readonly hush: () => void;
}

interface Batch {
  readonly targets: readonly Decidable[];
  readonly decisionIds: readonly string[];
}

/** @param onDecided is told how things stand after each answer of the server, a conflict included */
export function useDecisions(
  onDecided: (decisions: readonly DecisionEvent[], action: Decision['action']) => void,
): Decisions {
  const [saving, setSaving] = useState<ReadonlySet<string>>(new Set());
  const [conflicts, setConflicts] = useState<ReadonlyMap<string, Conflict>>(new Map());
  const [told, setTold] = useState<Told>();
  const done = useRef<Batch[]>([]);
  const count = useRef(0);
  const latest = useRef({ onDecided, conflicts });
  latest.current = { onDecided, conflicts };

  const run = useCallback(async (targets: readonly Decidable[], decisions: readonly Decision[]) => {
    const keys = targets.map(({ key }) => key);
    setSaving((now) => new Set([...now, ...keys]));
    const outcomes = await sendDecisions(decisions);
    setSaving((now) => new Set([...now].filter((key) => !keys.includes(key))));
    const action = decisions[0]?.action ?? 'comment';
    const known = outcomes.flatMap((outcome, i) => {
      const [target, review] = [targets[i], reviewOf(outcome)];
      return target && review ? [eventOf(target.subject, review)] : [];
    });
    latest.current.onDecided(known, action);
    const failures = outcomes.filter((outcome) => outcome.status === 'failed');
    const made = outcomes.filter(({ status }) => status === 'made').length;
    // A conflict is told on what it is about.
    const told = { action, made, failed: failures.length, detail: failures[0]?.detail ?? '' };
    const canUndo = made > 0 && action !== 'undo' && action !== 'comment';
    const number = ++count.current;
    setTold(made + failures.length > 0 ? { ...told, number, canUndo } : undefined);
    return outcomes;
  }, []);

  const decide = useCallback<Decisions['decide']>(
    async (targets, word) => {
      if (targets.length === 0) return;
      const outcomes = await run(
        targets,
        targets.map(({ subject, review: { seq } }) => ({
          ...word,
          subject,
          ...(word.action !== 'comment' && { seen: seq }),
        })),
      );
      const batch: { targets: Decidable[]; decisionIds: string[] } = { targets: [], decisionIds: [] };
      const met: [string, Conflict][] = [];
      outcomes.forEach((outcome, i) => {
        const target = targets[i];
        if (!target) return;
        if (outcome.status === 'conflict') met.push([target.key, { target, word, current: outcome.current }]);
        if (outcome.status !== 'made') return;
        batch.targets.push(target);
        batch.decisionIds.push(outcome.decisionId);
      });
      if (batch.targets.length > 0 && word.action !== 'comment') done.current.push(batch);
      setConflicts((now) => {
        const next = new Map(now);
        for (const { key } of targets) next.delete(key);
        for (const [key, conflict] of met) next.set(key, conflict);
        return next;
      });
    },
    [run],
  );

  const undo = useCallback(async () => {
    const batch = done.current.pop();
    if (!batch) {
      setTold({ number: ++count.current, action: 'undo', made: 0, failed: 0, detail: '', canUndo: false });
      return;
    }
    const { targets, decisionIds } = batch;
    await run(
      targets,
      targets.map(({ subject }, i) => ({ action: 'undo', subject, undoes: decisionIds[i] ?? '' })),
    );
  }, [run]);

  const settle = useCallback<Decisions['settle']>(
    (key, how) => {
      const conflict = latest.current.conflicts.get(key);
      setConflicts((now) => new Map([...now].filter(([other]) => other !== key)));
      if (conflict && how === 'insist') void decide([{ ...conflict.target, review: conflict.current }], conflict.word);
    },
    [decide],
  );
  const hush = useCallback(() => setTold(undefined), []);
  return { saving, conflicts, told, decide, undo, settle, hush };
}

function reviewOf(outcome: Outcome): Review | undefined {
  if (outcome.status === 'made') return outcome.review;
  return outcome.status === 'conflict' ? outcome.current : undefined;
}
