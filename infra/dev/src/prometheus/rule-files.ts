import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** Of the repository, seen from src and from dist alike. */
export const PROMETHEUS_FOLDER = fileURLToPath(new URL('../../../prometheus', import.meta.url));

export interface Rule {
  readonly expr: string;
  readonly record?: string;
  readonly alert?: string;
  readonly for?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(path.join(PROMETHEUS_FOLDER, folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => path.join(PROMETHEUS_FOLDER, folder, name));

export const ruleFiles = (): string[] => filesIn('rules', '.rules.yml');
export const ruleTestFiles = (): string[] => filesIn('tests', '.test.yml');

/** All rules, in the order of the files. */
export const allRules = (): Rule[] =>
  ruleFiles().flatMap((file) => {
    const { groups } = parse(readFileSync(file, 'utf8')) as { groups: { rules: Rule[] }[] };
    return groups.flatMap(({ rules }) => rules);
  });
