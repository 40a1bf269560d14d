import { useState } from 'preact/hooks';
import { useTextsOf } from '../language.js';
import { useSession } from '../session.js';
import { DECISIONS } from '../texts/decisions.js';
import { DecisionDialog } from './decision-dialog.js';

/** Whose task it becomes: one's own by Enter, somebody else's by name, or nobody's. */
export function AssignDialog(props: { onClose: () => void; onAssign: (assignee: string | null) => void }) {
  const { onClose, onAssign } = props;
  const t = useTextsOf(DECISIONS);
  const { account } = useSession();
  const [name, setName] = useState('');
  return (
    <DecisionDialog
      title={t.assignTitle}
      onClose={onClose}
      {...(name.trim() && { onSubmit: () => onAssign(name.trim()) })}
    >
      <div class="reason-list">
        {account && (
          <button type="button" data-first="" onClick={() => onAssign(account.name)}>
            {t.me} (<bdi>{account.name}</bdi>)
          </button>
        )}
        <button type="button" onClick={() => onAssign(null)}>
          {t.nobody}
        </button>
      </div>
      <label>
        <span>{t.accountName}</span>
        <input
          maxLength={200}
          value={name}
          autocomplete="off"
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
    </DecisionDialog>
  );
}
