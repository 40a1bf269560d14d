import type { FlagItem } from '../../flag-item.js';
import { Visible } from '../components/marked-text.js';
import { useTextsOf } from '../language.js';
import { probabilityWords } from '../probability-words.js';
import { safeLink } from '../safe-link.js';
import { QUEUE } from '../texts/queue.js';

/** The fact-check that the post repeats, as its publisher words it; the closest of several. */
export function ClaimLine({ claims, debunkedAt }: Pick<FlagItem, 'claims' | 'debunkedAt'>) {
  const t = useTextsOf(QUEUE);
  const [claim] = claims;
  if (!claim) return null;
  const link = safeLink(claim.url);
  return (
    <p class="claim">
      <span class="badge bad">
        <Visible text={claim.verdict} />
      </span>
      {debunkedAt !== null && (
        <span class="badge warn" title={new Date(debunkedAt).toLocaleString()}>
          {t.debunked}
        </span>
      )}
      <span class="claim-text">
        <Visible text={claim.text} />
      </span>
      <span class="claim-source">
        {link ? (
          <a href={link.href} target="_blank" rel="noopener noreferrer nofollow" title={link.host}>
            <Visible text={claim.publisher} />
          </a>
        ) : (
          <Visible text={claim.publisher} />
        )}
        {claim.probability !== undefined && ` · ${t.matches(probabilityWords(claim.probability))}`}
        {claims.length > 1 && ` · ${t.moreClaims(claims.length - 1)}`}
      </span>
    </p>
  );
}
