import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { RecallPanel } from '../components/recall-panel.js';
import { isAsked, DecisionQuestions, type Question } from '../decisions/decision-questions.js';
import { ToldToast } from '../decisions/told-toast.js';
import { useDecisions, type Decidable } from '../decisions/use-decisions.js';
import type { Action } from '../decisions/decision.js';
import { useDesk } from '../desk.js';
import { safeLink } from '../safe-link.js';
import { useMay } from '../session.js';
import { useFilters } from '../use-filters.js';
import { useKeys } from '../use-keys.js';
import { BulkBar } from './bulk-bar.js';
import type { CardAction } from './card-actions.js';
import { FilterBar } from './filter-bar.js';
import { QueueEnd, QueueStart } from './queue-edges.js';
import { QueueList, type Wish } from './queue-list.js';
import type { QueueRow } from './queue-row.js';
import { useChosen } from './use-chosen.js';
import { useQueue } from './use-queue.js';

/** Below this width nothing sticks to the top (page.css). */
const STICKY_ABOVE_PX = 600;
const SPACE_PX = 12;
/** Where one was, for when one comes back from a campaign. */
let leftAt = '';

/** What waits for the desk, a campaign a card, as it comes in; worked by keyboard. */
export function QueueView() {
  const [filters, setFilters] = useFilters();
  const [selected, setSelected] = useState(leftAt);
  // At once, and not in an effect: the next key may lead to another view before any runs.
  const select = useCallback((key: string) => {
    leftAt = key;
    setSelected(key);
  }, []);
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const [wish, setWish] = useState<Wish>();
  const [topWish, setTopWish] = useState(0);
  const [question, setQuestion] = useState<Question>();
  const search = useRef<HTMLInputElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const queue = useQueue(filters);
  const decisions = useDecisions(queue.decided);
  const may = useMay('decide');
  const { summary } = useDesk();
  const { rows } = queue;
  const at = rows.findIndex(({ key }) => key === selected);
  const current = rows[at];
  const { chosen, choose, chooseTo, clear } = useChosen(rows);

  const go = useCallback((key: string) => {
    select(key);
    setWish((now) => ({ key, number: (now?.number ?? 0) + 1 }));
  }, []);
  const goTo = (position: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, position))];
    if (row) go(row.key);
  };
  const latest = useRef({ rows, chosen, selected, goTo, at });
  latest.current = { rows, chosen, selected, goTo, at };
  useEffect(() => {
    if (queue.phase === 'ready' && selected !== '') go(selected);
  }, [queue.phase]);

  const decide = useCallback(
    async (targets: readonly Decidable[], word: Parameters<typeof decisions.decide>[1]) => {
      clear();
      const [only] = targets;
      await decisions.decide(targets, word);
      // On to the next, unless one has gone somewhere else meanwhile.
      const { at: now, goTo: goThen, selected: there } = latest.current;
      if (targets.length === 1 && only?.key === there && word.action !== 'assign') goThen(now + 1);
    },
    [decisions.decide, clear],
  );
  const act = useCallback(
    (key: string, action: CardAction) => {
      const one = latest.current.rows.find((row) => row.key === key);
      if (action === 'open') {
        if (one?.campaignId) location.hash = `#/campaigns/${one.campaignId}`;
        return;
      }
      const several = latest.current.rows.filter((row) => latest.current.chosen.has(row.key));
      ask(action, several.length > 0 ? several : one ? [one] : []);
    },
    [decide],
  );
  const ask = (action: Action, asked: readonly QueueRow[]) => {
    const targets = asked.filter(({ face }) => face.audit === null).map(decidable);
    if (targets.length === 0) return;
    if (!isAsked(action)) return void decide(targets, { action });
    setQuestion({ action, targets });
  };

  const key = (action: CardAction) => () => void ((may || action === 'open') && act(selected, action));
  const extend = (step: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, at + step))];
    if (!row) return;
    if (current) chooseTo(current.key, row.key);
    go(row.key);
  };
  useKeys({
    j: () => goTo(at + 1),
    k: () => goTo(at - 1),
    J: () => extend(1),
    K: () => extend(-1),
    g: () => {
      const [first] = [...queue.waiting, ...rows];
      showTop();
      if (first) go(first.key);
    },
    x: () => current && choose(current.key),
    v: () => current && reveal(current.key),
    c: key('confirm'),
    d: key('dismiss'),
    e: key('escalate'),
    a: key('assign'),
    // One claim is made of one card, whatever else is chosen.
    h: () => void (may && current && ask('known-hoax', [current])),
    u: () => void (may && decisions.undo()),
    Enter: key('open'),
    Escape: clear,
    o: () => {
      const link = safeLink(current?.face.post.url ?? null);
      if (link) open(link.href, '_blank', 'noopener,noreferrer');
    },
    '/': () => search.current?.focus(),
  });
  const showTop = () => {
    queue.showWaiting();
    setTopWish((n) => n + 1);
  };
  const reveal = useCallback((one: string) => setRevealed((now) => toggled(now, one)), []);
  const covered = useCallback(
    () => (innerWidth > STICKY_ABOVE_PX ? (bar.current?.offsetHeight ?? 0) : 0) + SPACE_PX,
    [],
  );
  const ongoing = useMemo(
    () => ({ saving: decisions.saving, conflicts: decisions.conflicts }),
    [decisions.saving, decisions.conflicts],
  );

  return (
    <>
      <div class="queue-bar" ref={bar}>
        <FilterBar filters={filters} summary={summary} searchRef={search} onChange={setFilters} />
      </div>
      <main aria-busy={queue.phase === 'loading'}>
        {filters.audit && <RecallPanel />}
        <QueueStart {...{ queue, filters, summary }} onFilters={setFilters} onTop={showTop} />
        <QueueList
          state={queue}
          {...{ selected, chosen, revealed, wish, topWish, covered, ...ongoing }}
          onSelect={select}
          onReveal={reveal}
          onChoose={choose}
          onAct={act}
          onSettle={decisions.settle}
          onJudge={queue.judge}
        />
        <QueueEnd queue={queue} />
        <BulkBar count={chosen.size} onAct={(action) => act(selected, action)} onClear={clear} />
        <ToldToast decisions={decisions} />
      </main>
      <DecisionQuestions
        question={question}
        onClose={() => setQuestion(undefined)}
        onWord={(targets, word) => void decide(targets, word)}
      />
    </>
  );
}

const decidable = ({ key, campaignId, face, review }: QueueRow): Decidable => ({
  ...{ key, review },
  subject: campaignId === null ? { flagId: face.flagId } : { campaignId },
});

function toggled(set: ReadonlySet<string>, value: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(value)) next.add(value);
  return next;
}
