import { readFileSync } from 'node:fs';
import { SettingsError, type DatabaseSettings } from '@siaga/runtime';

/**
 * The address with its password, which comes from a file where one is set.
 *
 * @throws SettingsError when the file cannot be read
 */
export function databaseUrlOf({
  SIAGA_DATABASE_URL: address,
  SIAGA_DATABASE_PASSWORD_FILE: file,
}: DatabaseSettings): string {
  if (file === undefined) return address;
  const url = new URL(address);
  try {
    url.password = encodeURIComponent(readFileSync(file, 'utf8').replace(/\r?\n$/, ''));
  } catch (error) {
    throw new SettingsError([`SIAGA_DATABASE_PASSWORD_FILE cannot be read: ${(error as Error).message}`]);
  }
  return url.href;
}

/** For commands of the terminal. @returns undefined where no setting says where the database is */
export function databaseUrlIn(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { SIAGA_DATABASE_URL: address, SIAGA_DATABASE_PASSWORD_FILE: file } = env;
  if (!address) return undefined;
  return databaseUrlOf({ SIAGA_DATABASE_URL: address, ...(file ? { SIAGA_DATABASE_PASSWORD_FILE: file } : {}) });
}

/** The same database, as another role that needs no password here. */
export function asRole(address: string, role: string): string {
  const url = new URL(address);
  url.username = role;
  url.password = '';
  return url.href;
}
