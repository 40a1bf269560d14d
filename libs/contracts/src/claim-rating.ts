/**
 * Verdicts, in the words of Indonesian, Malaysian and English-speaking fact-checkers, that say a claim is not true as it is
 * told. Satire and parody are not among them: whoever tells a joke on is no liar.
 */
const DEBUNKED =
  /^(?:\W*)(?:salah|hoaks?|hoax|bohong|palsu|keliru|fitnah|penipuan|disinformasi|misinformasi|menyesatkan|misleading|mislead|(?:konten|foto|video|berita|kabar|informasi) (?:yang )?(?:menyesatkan|palsu|tiruan|dimanipulasi|manipulasi|salah|keliru|bohong)|sebagian(?: besar)? (?:salah|keliru|benar)|(?:mostly|partly|half|largely) false|tidak (?:benar|tepat|akurat|terbukti|berdasar)|tak (?:benar|terbukti|berdasar)|tanpa bukti|false|fake|incorrect|wrong|untrue|inaccurate|unproven|unsupported|altered|doctored|manipulated|fabricated|scam|debunked|missing context|out of context|di luar konteks|salah konteks|konteks (?:yang )?(?:salah|keliru)|pants on fire|1)(?![\p{L}\p{N}])/iu;

/**
 * Whether a fact-checker's verdict speaks against a claim. Only such claims are ever held against a post; a verdict whose words
 * are unknown does not.
 */
export const isDebunked = (verdict: string): boolean => DEBUNKED.test(verdict.trim());
