/** Sites that publish nothing but fact-checks, and sections of news sites that do. */
const HOSTS = new Set(['turnbackhoax.id', 'cekfakta.com', 'cekfakta.kompas.com', 'cekfakta.tempo.co', 'mafindo.or.id']);
const SECTION = /^\/(?:[a-z-]+\/)?(?:cek-?fakta|cekfakta|fact-?check|periksa-fakta)(?:\/|$)/i;
const ADDRESS = /https?:\/\/[^\s<>"]{1,500}/gi;
const MOST_ADDRESSES = 10;

/** The verdict that fact-checkers put before a headline. */
const BRACKETED =
  /^[\s"“]{0,5}\[\s?(?:salah|hoaks|hoax|penipuan|klarifikasi|disinformasi|misinformasi|fitnah|konten palsu|sebagian benar)\s?\]/iu;
const HEADLINE =
  /^[\s"“]{0,5}(?:(?:cek|periksa) fakta\s?[:|-]|hasil (?:cek|pemeriksaan) fakta|hoaks atau fakta\s?[:|-]|konten (?:manipulasi|palsu|tiruan)\s?:|(?:keliru|menyesatkan|tidak benar|sebagian benar|hoaks|salah)\s?[,:])/iu;

export interface FactCheckMark {
  readonly cue: string;
  /** Nobody but a checker, or one who points to a checker, writes so. */
  readonly sure: boolean;
}

/** The address of a fact-check in the text, or the mark of a fact-checker's headline at its start. */
export function factCheckMark(text: string, hosts: ReadonlySet<string>): FactCheckMark | null {
  const bracketed = BRACKETED.exec(text);
  if (bracketed) return { cue: bracketed[0].trim(), sure: true };
  let looked = 0;
  for (const [address] of text.matchAll(ADDRESS)) {
    if (isFactCheck(address, hosts)) return { cue: address, sure: true };
    if (++looked === MOST_ADDRESSES) break;
  }
  const headline = HEADLINE.exec(text);
  return headline ? { cue: headline[0].trim(), sure: false } : null;
}

/** Whether the address is one of a site, or of a section, that publishes fact-checks. */
export function isFactCheck(address: string, hosts: ReadonlySet<string>): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const host = url.hostname.replace(/^www\./, '');
  return HOSTS.has(host) || hosts.has(host) || SECTION.test(url.pathname);
}
