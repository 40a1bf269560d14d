import { useState } from 'preact/hooks';

/** A secret that was just made, this once. */
export function ShownOnce(props: { secret: string; words: { made: string; copy: string; copied: string } }) {
  const { secret, words } = props;
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(secret).then(() => setCopied(true));
  return (
    <div class="row shown-once" role="status">
      <p>{words.made}</p>
      <code>{secret}</code>
      <button type="button" class="solid" onClick={copy}>
        {copied ? words.copied : words.copy}
      </button>
    </div>
  );
}
