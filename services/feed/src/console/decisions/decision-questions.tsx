import { AssignDialog } from './assign-dialog.js';
import { DismissDialog } from './dismiss-dialog.js';
import { EscalateDialog } from './escalate-dialog.js';
import { KnownHoaxDialog } from './known-hoax-dialog.js';
import type { Action, Word } from './decision.js';
import type { Decidable } from './use-decisions.js';

export interface Question {
  readonly action: Action;
  readonly targets: readonly Decidable[];
}

/** Confirming asks nothing; everything else has a question first. */
export const isAsked = (action: Action): boolean => action !== 'confirm';

/** The dialog of the question that is open, if one is. */
export function DecisionQuestions(props: {
  question: Question | undefined;
  onClose: () => void;
  onWord: (targets: readonly Decidable[], word: Word) => void;
}) {
  const { question, onClose, onWord } = props;
  if (!question) return null;
  const { action, targets } = question;
  const asked = {
    ...{ count: targets.length, onClose },
    what: targets.some(({ subject }) => 'flagId' in subject) ? ('copies' as const) : ('campaigns' as const),
  };
  const say = (word: Word) => {
    onClose();
    onWord(targets, word);
  };
  switch (action) {
    case 'dismiss':
      return <DismissDialog {...asked} onReason={(reason) => say({ action, reason })} />;
    case 'escalate':
      return <EscalateDialog {...asked} onEscalate={() => say({ action })} />;
    case 'assign':
      return <AssignDialog onClose={onClose} onAssign={(assignee) => say({ action, assignee })} />;
    case 'known-hoax':
      return <KnownHoaxDialog onClose={onClose} onClaim={(claim) => say({ action, claim })} />;
    default:
      return null;
  }
}
