import { useState } from 'preact/hooks';
import { DecisionDialog } from '../decisions/decision-dialog.js';
import { useTextsOf } from '../language.js';
import { CLAIMS } from '../texts/claims.js';
import { TextField } from './text-field.js';

/** Other words for a claim: from then on posts are matched against these. The bounds are those of PATCH /v1/claims/ID. */
export function RewordDialog(props: {
  text: string;
  verdict: string;
  onClose: () => void;
  onReword: (words: { text?: string; verdict?: string }) => void;
}) {
  const t = useTextsOf(CLAIMS);
  const [text, setText] = useState(props.text);
  const [verdict, setVerdict] = useState(props.verdict);
  const submit = () => {
    const words = {
      ...(text.trim() !== props.text && { text: text.trim() }),
      ...(verdict.trim() !== props.verdict && { verdict: verdict.trim() }),
    };
    if (Object.keys(words).length > 0) props.onReword(words);
    else props.onClose();
  };
  return (
    <DecisionDialog title={t.reword} onClose={props.onClose} onSubmit={submit}>
      <p>{t.rewordHint}</p>
      <TextField first label={t.words} most={4000} value={text} onValue={setText} />
      <TextField label={t.verdict} most={200} value={verdict} onValue={setVerdict} />
    </DecisionDialog>
  );
}
