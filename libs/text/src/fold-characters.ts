import { latinLookalike } from './confusables.js';

const MARK = /^\p{M}$/u;

/** Zero-width, bidirectional, variation and tag characters: invisible, and used to hide a word from a filter. */
function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    code === 0x115f ||
    code === 0x1160 ||
    code === 0x17b4 ||
    code === 0x17b5 ||
    (code >= 0x180b && code <= 0x180f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0x3164 ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff ||
    code === 0xffa0 ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xe0000 && code <= 0xe0fff)
  );
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/**
 * Compatibility decomposition (NFKD), then: combining marks, invisible characters and lone surrogates removed, look-alike letters
 * replaced by the Latin letter, recomposed (NFC). Case is kept. Indonesian has no letter that needs a mark.
 */
export function foldCharacters(text: string): string {
  if (isAscii(text)) return text;
  let out = '';
  for (const character of text.normalize('NFKD')) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 128) out += character;
    else if (isInvisible(code) || MARK.test(character)) continue;
    else out += latinLookalike(code) ?? character;
  }
  return out.normalize('NFC');
}
