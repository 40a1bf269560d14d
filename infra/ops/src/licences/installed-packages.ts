export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** As the package says it, an SPDX expression mostly; empty where it says nothing. */
  readonly licence: string;
  /** Whether it only helps to build or to test. */
  readonly dev: boolean;
}

/** Every package that package-lock.json names for any platform, but our own. */
export function installedPackages(lock: string): InstalledPackage[] {
  const { packages } = JSON.parse(lock) as {
    packages: Record<string, { version?: string; license?: string; dev?: boolean; link?: boolean }>;
  };
  const found = Object.entries(packages).flatMap(([folder, { version, license = '', dev = false, link }]) => {
    const at = folder.lastIndexOf('node_modules/');
    if (at < 0 || link || version === undefined) return [];
    return [{ name: folder.slice(at + 'node_modules/'.length), version, licence: license, dev }];
  });
  const unique = new Map<string, InstalledPackage>();
  for (const one of found) {
    const key = `${one.name}@${one.version}`;
    // What runs anywhere runs, whatever else needs it.
    unique.set(key, { ...one, dev: one.dev && (unique.get(key)?.dev ?? true) });
  }
  return [...unique.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  );
}
