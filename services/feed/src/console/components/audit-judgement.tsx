import { useState } from 'preact/hooks';
import type { FlagItem } from '../../flag-item.js';
import { CATEGORIES } from '../filters.js';
import { useTexts } from '../language.js';
import { useMay } from '../session.js';

type Found = readonly FlagItem['category'][];

/** The badge of an audited post, and what a person finds it to be. Each press is a decision; the latest counts. */
export function AuditJudgement({ found, onJudge }: { found: Found | null; onJudge: (found: Found) => Promise<void> }) {
  const t = useTexts();
  const may = useMay('decide');
  const [state, setState] = useState<'idle' | 'sending' | 'failed'>('idle');
  const judge = (next: Found) => {
    setState('sending');
    onJudge(next).then(
      () => setState('idle'),
      () => setState('failed'),
    );
  };
  const now = found ?? [];
  return (
    <div class="audit-judgement">
      <span class={`badge ${found ? 'good' : 'info'}`} title={t.auditHint}>
        {t.audit}
      </span>
      <div class="audit-answers" role="group" aria-label={t.judge} title={may ? undefined : t.account.mayNot}>
        <button
          type="button"
          disabled={!may || state === 'sending'}
          aria-pressed={found?.length === 0}
          onClick={() => judge([])}
        >
          {t.nothing}
        </button>
        {CATEGORIES.map((category) => (
          <button
            type="button"
            key={category}
            disabled={!may || state === 'sending'}
            aria-pressed={now.includes(category)}
            onClick={() =>
              judge(CATEGORIES.filter((other) => (other === category ? !now.includes(other) : now.includes(other))))
            }
          >
            {t[category]}
          </button>
        ))}
      </div>
      {state === 'failed' && <span role="alert">{t.judgeFailed}</span>}
    </div>
  );
}
