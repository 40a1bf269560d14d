const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is markup already. */
export class Html {
  private constructor(readonly markup: string) {}

  /** @param markup of our own */
  static trusted(markup: string): Html {
    return new Html(markup);
  }

  /** Everything that is put in is escaped, unless it is markup already. */
  static from(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
    return new Html(strings.reduce((markup, part, i) => markup + render(values[i - 1]) + part));
  }
}

export type HtmlValue = string | number | Html | readonly HtmlValue[] | undefined;

/** A template of markup, safe in element content and in quoted attributes. */
export const html = Html.from;

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.markup;
  if (Array.isArray(value)) return value.map(render).join('');
  return String(value ?? '').replace(/[&<>"']/g, (character) => ESCAPED[character] as string);
}

/** An address that may stand in a link: of the web, not of a script. */
export function webAddress(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}
