import { readFile } from 'node:fs/promises';
import { CATEGORIES, perCategory, type Category } from '@siaga/contracts';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { UsageError } from '@siaga/runtime';

export type FlagThresholds = Readonly<Record<Category, number>>;

const Thresholds = Type.Object({ flag: Type.Number({ exclusiveMinimum: 0, maximum: 1 }) });
const fields = {
  hoax: Type.Optional(Thresholds),
  hate: Type.Optional(Thresholds),
  bullying: Type.Optional(Thresholds),
};
const File = Compile(Type.Object(fields));
const Manifest = Compile(Type.Object({ thresholds: Type.Object(fields) }));

/**
 * Reads `{"hate": {"flag": 0.9}, ...}`, or the same under "thresholds" as a manifest has it.
 *
 * @param fallback of the categories that the file leaves out
 * @throws UsageError when it is no such file, or names none of the categories
 */
export async function readThresholds(file: string, fallback: FlagThresholds): Promise<FlagThresholds> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const given = Manifest.Check(value) ? value.thresholds : File.Check(value) ? value : undefined;
  if (!given || !CATEGORIES.some((category) => given[category])) {
    throw new UsageError(
      `${file} holds no thresholds: it needs {"hate": {"flag": 0.9}} for one of ${CATEGORIES.join(', ')}, above 0 and at most 1`,
    );
  }
  return perCategory((category) => given[category]?.flag ?? fallback[category]);
}
