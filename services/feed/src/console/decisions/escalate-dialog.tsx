import { useTextsOf } from '../language.js';
import { DECISIONS } from '../texts/decisions.js';
import { DecisionDialog } from './decision-dialog.js';

/** A notice cannot be taken back, so that one key alone does not send it: `e`, then Enter. */
export function EscalateDialog(props: {
  count: number;
  what: 'campaigns' | 'copies';
  onClose: () => void;
  onEscalate: () => void;
}) {
  const t = useTextsOf(DECISIONS);
  return (
    <DecisionDialog
      title={t.escalateTitle(props.count, props.what)}
      submit={t.escalate}
      grave
      onClose={props.onClose}
      onSubmit={props.onEscalate}
    >
      <p>{t.escalateHint}</p>
    </DecisionDialog>
  );
}
