/**
 * Characters that look like Latin letters and that NFKD leaves alone, with the letter they imitate. Written from the Unicode charts;
 * only letters that Indonesian spelling needs. Upper case maps to upper case, so that shouting is still visible.
 */
const LOOKALIKES: readonly (readonly [from: string, to: string])[] = [
  ['аеорсухіѕјԁԛԝкмнтвгпзь', 'aeopcyxisjdqwkmhtbrnzb'], // Cyrillic
  ['АЕОРСУХІЅЈКМНТВГПЗЬ', 'AEOPCYXISJKMHTBRNZB'],
  ['αβγδεζηθικλμνοπρτυφχω', 'abydeznoiklmvonptufxw'], // Greek
  ['ΑΒΓΔΕΖΗΘΙΚΛΜΝΟΠΡΤΥΦΧΩ', 'ABYDEZHOIKLMNONPTUFXW'],
  ['σςΣ', 'ssS'],
  ['ıłøđħŧɑɡɩɫƚȷ', 'ilodhtagillj'],
  ['ŁØĐĦŦ', 'LODHT'],
  ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnoprstuvwyz'], // small capitals
];

const TABLE = new Map<number, string>([
  [0xdf, 'ss'], // ß
  [0x1e9e, 'SS'],
  [0xe6, 'ae'],
  [0xc6, 'AE'],
  [0x153, 'oe'],
  [0x152, 'OE'],
]);
for (const [from, to] of LOOKALIKES) {
  const letters = [...from];
  if (letters.length !== to.length) throw new Error(`confusables: ${from} and ${to} differ in length`);
  letters.forEach((letter, i) => TABLE.set(letter.codePointAt(0) ?? 0, to[i] ?? ''));
}

/** First code points of the enclosed alphabets A-Z that NFKD does not decompose: negative circled, negative squared. */
const ENCLOSED = [0x1f150, 0x1f170] as const;

/** The Latin letter or letters that `code` imitates, or undefined when it imitates none. */
export function latinLookalike(code: number): string | undefined {
  for (const first of ENCLOSED) if (code >= first && code < first + 26) return String.fromCharCode(65 + code - first);
  const known = TABLE.get(code);
  if (known !== undefined) return known;
  // A capital outside the table whose small letter is inside it ("Ɡ" of "ɡ").
  const letter = String.fromCodePoint(code);
  const small = letter.toLowerCase();
  return small === letter ? undefined : TABLE.get(small.codePointAt(0) ?? 0)?.toUpperCase();
}
