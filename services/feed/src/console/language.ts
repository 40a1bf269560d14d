import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { LANGUAGES, type Language, type Texts } from './texts.js';

const KEY = 'siaga-language';

/** The same in each of the console's languages. */
export type InBoth<T> = Readonly<Record<Language, T>>;

/** The one chosen before, else by the browser's first: Indonesian for readers of the archipelago's languages. */
export function firstLanguage(chosen: string | null, preferred: readonly string[]): Language {
  if (chosen === 'id' || chosen === 'en') return chosen;
  return /^(id|in|ms|jv|su)\b/.test(preferred[0] ?? 'id') ? 'id' : 'en';
}

/** A browser may refuse storage; the choice then lasts as long as the page. */
export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // See above.
  }
}

export const LanguageContext = createContext<Language>('id');
/** The words that all views share. */
export const useTexts = (): Texts => LANGUAGES[useContext(LanguageContext)];
/** Of words that one view alone says, those of the page's language. */
export const useTextsOf = <T>(both: InBoth<T>): T => both[useContext(LanguageContext)];

/** The language in which the page is, and how to choose the other one. */
export function useLanguage(): [Language, (language: Language) => void] {
  const [language, setLanguage] = useState(() => firstLanguage(storedLanguage(), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = (chosen: Language) => {
    storeLanguage(chosen);
    setLanguage(chosen);
  };
  return [language, choose];
}
