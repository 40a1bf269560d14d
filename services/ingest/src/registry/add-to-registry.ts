import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isSeq, parse, parseDocument } from 'yaml';
import { readRegistry } from './read-registry.js';

/**
 * Adds an entry at the end of a registry, whose comments and order stay; begins the file when there is none.
 *
 * @throws SettingsError when the registry would not be valid with it; then the file is as it was
 */
export function addToRegistry(file: string, entry: object): void {
  const document = parseDocument(existsSync(file) ? readFileSync(file, 'utf8') : 'sources: []\n');
  const sources = document.get('sources');
  const node = document.createNode(entry);
  if (isSeq(sources)) {
    // An empty list can only be written as [], which is no style for what follows.
    if (sources.items.length === 0) sources.flow = false;
    sources.items.push(node);
  } else {
    document.set('sources', document.createNode([entry]));
  }
  const draft = `${file}.new`;
  writeFileSync(draft, document.toString());
  try {
    readRegistry(draft);
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Reads `field=value` words into an entry; a value is read as YAML would read it, so that 5 is a number. */
export function entryFromWords(words: readonly string[]): object {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw new TypeError(`"${word}" is not of the form field=value`);
      return [word.slice(0, at), parse(word.slice(at + 1)) as unknown];
    }),
  );
}
