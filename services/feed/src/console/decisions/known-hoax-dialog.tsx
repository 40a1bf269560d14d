import { useState } from 'preact/hooks';
import { TextField } from '../components/text-field.js';
import { useTextsOf } from '../language.js';
import { DECISIONS } from '../texts/decisions.js';
import { DecisionDialog } from './decision-dialog.js';
import type { Word } from './decision.js';

interface Asked {
  readonly onClose: () => void;
  readonly onClaim: (claim: NonNullable<Word['claim']>) => void;
}

/** What is not true, in few words: later posts are matched against it. The bounds are those of POST /v1/decisions. */
export function KnownHoaxDialog({ onClose, onClaim }: Asked) {
  const t = useTextsOf(DECISIONS);
  const [text, setText] = useState('');
  const [verdict, setVerdict] = useState(t.usualVerdict);
  const [url, setUrl] = useState('');
  const submit = () => onClaim({ text: text.trim(), verdict: verdict.trim(), ...(url.trim() && { url: url.trim() }) });
  return (
    <DecisionDialog title={t.knownHoaxTitle} onClose={onClose} onSubmit={submit}>
      <p>{t.knownHoaxHint}</p>
      <TextField first label={t.claimText} most={4000} value={text} onValue={setText} />
      <TextField label={t.claimVerdict} most={200} value={verdict} onValue={setVerdict} />
      <label>
        <span>{t.claimUrl}</span>
        <input
          type="url"
          maxLength={2048}
          pattern="https?://\S+"
          value={url}
          autocomplete="off"
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
      </label>
    </DecisionDialog>
  );
}
