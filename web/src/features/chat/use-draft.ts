import { useState } from "react";

/** What is being typed; a reload of the page does not lose it. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [draft, setDraft] = useState(() => {
    try {
      return sessionStorage.getItem(key) ?? "";
    } catch {
      return "";
    }
  });
  const write = (text: string): void => {
    setDraft(text);
    try {
      if (text) sessionStorage.setItem(key, text);
      else sessionStorage.removeItem(key);
    } catch {
      // Without storage it lives as long as the panel.
    }
  };
  return [draft, write];
}
