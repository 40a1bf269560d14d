import { useState } from 'preact/hooks';
import type { FlagItem } from '../../flag-item.js';
import { useTexts } from '../language.js';
import { textSegments } from '../text-segments.js';
import { visibleText } from '../visible-text.js';

const SHOWN = 600;

/** A post's text as its author wrote it, with the words that weighed marked; offensive ones are blurred until asked for. */
export function MarkedText(props: { item: FlagItem; revealed: boolean; onReveal: () => void }) {
  const { item, revealed, onReveal } = props;
  const t = useTexts();
  const [whole, setWhole] = useState(false);
  const { text, removedAt } = item.post;
  const isLong = text.length > SHOWN;
  if (removedAt !== null) return <p class="post-text">{t.removed}</p>;
  return (
    <div class="post-text">
      <p dir="auto">
        <MarkedWords {...{ item, revealed, onReveal }} limit={whole ? text.length : SHOWN} />
      </p>
      {isLong && (
        <button type="button" class="quiet" onClick={() => setWhole(!whole)}>
          {whole ? t.shorter : t.whole}
        </button>
      )}
    </div>
  );
}

/** The beginning of a post's text, within a line. */
export function MarkedWords(props: { item: FlagItem; limit: number; revealed: boolean; onReveal?: () => void }) {
  const { item, limit, revealed, onReveal } = props;
  const t = useTexts();
  const { text } = item.post;
  return (
    <>
      {textSegments(text, item.highlights, limit).map(({ text: piece, weight, strength }) => {
        if (weight === 0) return <Visible text={piece} />;
        const veiled = weight > 0 && isVeilable(item) && !revealed;
        return (
          <mark
            class={`${weight > 0 ? 'for' : 'against'}${veiled ? ' veiled' : ''}`}
            style={{ '--strength': `${Math.round(strength * 100)}%` }}
            title={veiled ? t.reveal : weight.toFixed(2)}
            onClick={veiled ? onReveal : undefined}
          >
            <Visible text={piece} />
          </mark>
        );
      })}
      {text.length > limit && '…'}
    </>
  );
}

/** Words that weigh towards a hoax are ordinary words. */
export function isVeilable(item: FlagItem): boolean {
  return item.category !== 'hoax';
}

/** Text from outside, with what would act on the text around it shown as a mark. */
export function Visible({ text }: { text: string }) {
  const t = useTexts();
  return (
    <>
      {visibleText(text).map((part) =>
        typeof part === 'string' ? (
          part
        ) : (
          <span class="hidden-character" title={`${t.hiddenCharacter} ${part.hidden}`}>
            {part.hidden}
          </span>
        ),
      )}
    </>
  );
}
