import { claimCodec, isDebunked, type Claim } from '@siaga/contracts';
import { createClaimBank, type ClaimMatcher } from '@siaga/models';
import type { StreamMessage } from '@siaga/stream';
import type { KnownClaims } from './known-claims.js';

/** Known claims that follow `siaga.claims`. */
export interface ClaimShelf extends KnownClaims {
  /** Takes what the topic says, in its order; a tombstone takes its claim away. Never throws for a message. */
  take(messages: readonly Pick<StreamMessage, 'key' | 'value'>[]): void;
}

type Kept = Pick<Claim, 'text' | 'verdict' | 'url' | 'publisher'>;

/** Keeps the claims whose verdict speaks against them: no other is ever held against a post. */
export function claimShelf(matcher: ClaimMatcher): ClaimShelf {
  const bank = createClaimBank(matcher);
  const kept = new Map<string, Kept>();
  let generation = 0;
  const forget = (claimId: string) => {
    if (!kept.delete(claimId)) return;
    bank.remove(claimId);
    generation++;
  };
  const keep = ({ claimId, text, verdict, url, publisher }: Claim) => {
    const known = kept.get(claimId);
    const same =
      known?.text === text && known.verdict === verdict && known.url === url && known.publisher === publisher;
    if (same) return;
    kept.set(claimId, { text, verdict, url, publisher });
    bank.add({ claimId, text });
    generation++;
  };
  return {
    get size() {
      return kept.size;
    },
    get generation() {
      return generation;
    },
    take(messages) {
      for (const { key, value } of messages) {
        const claim = value && claimCodec.decode(value);
        if (claim?.ok && isDebunked(claim.value.verdict)) keep(claim.value);
        else if (key) forget(key.toString());
      }
    },
    match: (text, tokens) =>
      kept.size === 0
        ? []
        : bank.match({ text, tokens }).flatMap(({ claimId, probability, spans }) => {
            const claim = kept.get(claimId);
            return claim ? [{ claimId, ...claim, probability, spans: [...spans] }] : [];
          }),
  };
}
