/** How somebody likes their editor: at once in this browser, and by `kept-settings` on their account. The theme is the app's. */
import { useSyncExternalStore } from "react";

import type { Schemas } from "@/lib/api/client";
import { recall, remember } from "@/lib/storage";

/** As the server keeps them; `keys` and `editor` are the room's and the practice page's, `fontSize` in pixels. */
export type EditorSettings = Omit<Schemas["EditorSettingsView"], "theme">;

export const FONT_SIZES = [12, 13, 14, 16, 18, 20, 24] as const;
/** Columns; 0: as the file has it. */
export const TAB_SIZES = [0, 2, 4, 8] as const;
export const KEYS = ["default", "vim", "emacs"] as const;
export const EDITORS = ["auto", "full", "light"] as const;

const KEY = "editor";
export const STANDARD: EditorSettings = {
  fontSize: 14,
  tabSize: 0,
  wordWrap: false,
  tabLeaves: false,
  ligatures: false,
  completion: true,
  keys: "default",
  editor: "auto",
};

let settings: EditorSettings | null = null;
const listeners = new Set<() => void>();

function isPartial(value: unknown): value is Partial<EditorSettings> {
  return typeof value === "object" && value !== null;
}

function oneOf<T>(choices: readonly T[], value: unknown, otherwise: T): T {
  return choices.find((choice) => choice === value) ?? otherwise;
}

function kept(): EditorSettings {
  const found = recall(KEY, isPartial) ?? {};
  return {
    fontSize: oneOf(FONT_SIZES, found.fontSize, STANDARD.fontSize),
    tabSize: oneOf(TAB_SIZES, found.tabSize, STANDARD.tabSize),
    wordWrap: found.wordWrap === true,
    tabLeaves: found.tabLeaves === true,
    ligatures: found.ligatures === true,
    completion: found.completion !== false,
    keys: oneOf(KEYS, found.keys, STANDARD.keys),
    editor: oneOf(EDITORS, found.editor, STANDARD.editor),
  };
}

export function editorSettings(): EditorSettings {
  settings ??= kept();
  return settings;
}

export function changeEditorSettings(change: Partial<EditorSettings>): void {
  settings = { ...editorSettings(), ...change };
  remember(KEY, settings);
  tell();
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}

/** Another tab of this browser has changed them. */
function changedElsewhere({ key }: StorageEvent): void {
  if (key !== KEY && key !== null) return;
  settings = kept();
  tell();
}

export function watchEditorSettings(listener: () => void): () => void {
  if (listeners.size === 0) window.addEventListener("storage", changedElsewhere);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", changedElsewhere);
  };
}

export const useEditorSettings = (): EditorSettings => useSyncExternalStore(watchEditorSettings, editorSettings);

export const onMac = /Mac OS X|iPhone|iPad/.test(navigator.userAgent);

/** The keys that change `tabLeaves`, as people write them: the usual ones of both editors. */
export const TAB_KEYS = onMac ? "⌃⇧M" : "Ctrl+M";
