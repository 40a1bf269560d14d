const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Minutes from UTC; RFC 822 knows these, and what it does not know is UTC. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ ut: 0, utc: 0, gmt: 0, z: 0 },
  ...{ est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420, at: -240 },
  ...{ wib: 420, wita: 480, wit: 540 },
};

/**
 * A date as feeds write it: RFC 822 with its many misspellings, the profile of ISO 8601 that Atom and Dublin Core use, down
 * to a year alone, or what `Date` can read.
 *
 * @returns undefined for what is no date
 */
export function feedDate(text: string): Date | undefined {
  const trimmed = text.trim();
  return isoDate(trimmed) ?? mailDate(trimmed) ?? anyDate(trimmed);
}

function isoDate(text: string): Date | undefined {
  const match =
    /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:[T ]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(z|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (!match) return undefined;
  const [, year, month = '01', day = '01', hour = '0', minute = '0', second = '0', zone = 'z'] = match;
  return utc([year, month, day, hour, minute, second].map(Number), zone);
}

function mailDate(text: string): Date | undefined {
  const match =
    /^(?:[a-z]+[,.]?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s,-]+(\d{2,4})(?:[T,\s]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?\s*(?:(?:etc\/)?(gmt|utc)?([+-]\d{1,2}:?\d{2}|[a-z]+)?)?/i.exec(
      text,
    );
  if (!match) return undefined;
  const [, day, monthName, yearText = '', hour = '0', minute = '0', second = '0', name = '', offset = ''] = match;
  const month = MONTHS.indexOf((monthName ?? '').toLowerCase()) + 1;
  if (month === 0) return undefined;
  const short = Number(yearText);
  const year = yearText.length > 2 ? short : short + (short < 90 ? 2000 : 1900);
  return utc([year, month, Number(day), Number(hour), Number(minute), Number(second)], offset || name || 'z');
}

function utc(parts: readonly number[], zone: string): Date | undefined {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 61) return undefined;
  return valid(new Date(Date.UTC(year, month - 1, day, hour, minute - offsetOf(zone), second)));
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{1,2}):?(\d{2})$/.exec(zone) ?? [];
  if (sign === undefined) return ZONES[zone.toLowerCase()] ?? 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** A date without a zone is taken for UTC, wherever this process runs. */
function anyDate(text: string): Date | undefined {
  if (!/\d{4}/.test(text)) return undefined;
  return valid(new Date(/[+-]\d{2}:?\d{2}$|[a-z]{1,4}$/i.test(text) ? text : `${text} UTC`));
}

const valid = (date: Date): Date | undefined => (Number.isNaN(date.getTime()) ? undefined : date);
