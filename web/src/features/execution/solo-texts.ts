/** What somebody has written to a problem on its own page: one text per language, kept in this browser. */
import { isString, recall, remember } from "@/lib/storage";

const key = (slug: string, language: string) => `solo:${slug}:${language}`;
const languageKey = "solo:language";

export const keptText = (slug: string, language: string): string | null => recall(key(slug, language), isString);

export function keepText(slug: string, language: string, text: string): void {
  remember(key(slug, language), text);
}

/** The language chosen last, whichever the problem. */
export const keptLanguage = (): string | null => recall(languageKey, isString);
export const keepLanguage = (language: string): void => remember(languageKey, language);
