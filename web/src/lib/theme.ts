// Light, dark, or as the system says. `public/theme.js` applies the same rule before the first paint.
import { useSyncExternalStore } from "react";

export type Theme = "day" | "night";
export type ThemeChoice = Theme | "system";

const KEY = "theme"; // written plain, not as JSON: theme.js reads it
const system = () => window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();

export function themeChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "day" || kept === "night" ? kept : "system";
  } catch {
    return "system";
  }
}

export function theme(): Theme {
  const choice = themeChoice();
  if (choice !== "system") return choice;
  return system().matches ? "night" : "day";
}

export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Not kept beyond this page, then.
  }
  changed();
}

function changed(): void {
  document.documentElement.dataset.theme = theme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    system().addEventListener("change", changed);
    window.addEventListener("storage", changed);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    system().removeEventListener("change", changed);
    window.removeEventListener("storage", changed);
  };
}

/** `listener` is called whenever the choice, or what follows from it, is another one. */
export const watchTheme = subscribe;

/** The theme in force, for what CSS cannot reach (the editor). */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, theme);
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, themeChoice);
