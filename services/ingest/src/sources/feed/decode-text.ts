const DECLARED = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;
const BYTES_OF_DECLARATION = 300;

/** Byte order marks, and how `<?xm` begins where there is none (XML 1.0, appendix F). */
const BEGINNINGS: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0x00, 0x3c, 0x00, 0x3f], 'utf-16be'],
  [[0x3c, 0x00, 0x3f, 0x00], 'utf-16le'],
];

/** Text of a feed in the encoding that its first bytes show, that it declares, or that the server names; else UTF-8. */
export function decodeText(body: Uint8Array, contentType: string): string {
  const shown = BEGINNINGS.find(([bytes]) => bytes.every((byte, i) => body[i] === byte))?.[1];
  const start = Buffer.from(body.subarray(0, BYTES_OF_DECLARATION)).toString('latin1');
  const named = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1];
  for (const label of [shown, DECLARED.exec(start.trimStart())?.[1], named, 'utf-8']) {
    const text = label && decodeAs(label, body);
    if (text !== undefined && text !== '') return text;
  }
  return '';
}

/** @returns undefined for an encoding that nobody knows */
function decodeAs(label: string, body: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return undefined;
  }
}
