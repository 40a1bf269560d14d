/** Such as "Oktober 2026", of 2026-10. */
export function monthWords(month: string, locale: string): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  return at.toLocaleDateString(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
}
