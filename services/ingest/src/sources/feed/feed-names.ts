/** Namespaces that say something about items, by the prefix under which they are known. */
const NAMESPACES: readonly (readonly [RegExp, string])[] = [
  [/^http:\/\/www\.w3\.org\/2005\/atom$/, ''],
  [/^http:\/\/purl\.org\/atom\//, ''],
  [/^http:\/\/purl\.org\/rss\/1\.0\/?$/, ''],
  [/^http:\/\/purl\.org\/net\/rss1\.1/, ''],
  [/^http:\/\/my\.netscape\.com\/(rdf\/simple|publish\/formats)/, ''],
  [
    /^http:\/\/backend\.userland\.com\/|^http:\/\/blogs\.law\.harvard\.edu\/tech\/rss|^http:\/\/cyber\.law\.harvard\.edu/,
    '',
  ],
  [/^http:\/\/channel\.netscape\.com\/rdf\/simple/, ''],
  [/^http:\/\/purl\.org\/dc\/elements\/1\.[01]\/?$/, 'dc'],
  [/^http:\/\/purl\.org\/dc\/terms\/?$/, 'dcterms'],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content\/?$/, 'content'],
  [/^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#$/, 'rdf'],
  [/^http:\/\/search\.yahoo\.com\/mrss\/?$/, 'media'],
  [/^http:\/\/www\.itunes\.com\/dtds\/podcast-1\.0\.dtd$/, 'itunes'],
  [/^http:\/\/example\.com\/dtds\/podcast-1\.0\.dtd$/, 'itunes'],
  [/^http:\/\/www\.w3\.org\/1999\/xhtml$/, 'xhtml'],
];

/** Prefix in the document to the one that we know its namespace by. */
export type Prefixes = ReadonlyMap<string, string>;

const NONE: Prefixes = new Map();

/** @returns what holds inside an element with these attributes */
export function declaredPrefixes(attributes: Readonly<Record<string, string>>, outer: Prefixes = NONE): Prefixes {
  let prefixes: Map<string, string> | undefined;
  for (const [attribute, uri] of Object.entries(attributes)) {
    if (attribute !== 'xmlns' && !attribute.startsWith('xmlns:')) continue;
    const prefix = attribute.slice('xmlns:'.length).toLowerCase();
    const known = NAMESPACES.find(([pattern]) => pattern.test(uri.trim().toLowerCase()))?.[1];
    prefixes ??= new Map(outer);
    prefixes.set(prefix, known ?? prefix);
  }
  return prefixes ?? outer;
}

/** @returns the element's name with the prefix that we know it by, in lower case */
export function canonicalName(tag: string, prefixes: Prefixes): string {
  const name = tag.toLowerCase();
  const colon = name.indexOf(':');
  const [prefix, local] = colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
  const known = prefixes.get(prefix) ?? prefix;
  return known === '' || known === 'atom' ? local : `${known}:${local}`;
}
