/** How somebody likes their editor, remembered in this browser. The theme follows the app's. */
import { useSyncExternalStore } from "react";

import { recall, remember } from "@/lib/storage";

export interface EditorSettings {
  fontSize: number;
  /** Columns of a tab; 0: as the file has it. */
  tabSize: number;
  wordWrap: boolean;
  /** Tab goes on to what comes after the editor, for who works without a mouse; otherwise it indents. */
  tabLeaves: boolean;
}

export const FONT_SIZES = [12, 13, 14, 16, 18, 20, 24] as const;
export const TAB_SIZES = [0, 2, 4, 8] as const;

const KEY = "editor";
const STANDARD: EditorSettings = { fontSize: 14, tabSize: 0, wordWrap: false, tabLeaves: false };

let settings: EditorSettings | null = null;
const listeners = new Set<() => void>();

function isPartial(value: unknown): value is Partial<EditorSettings> {
  return typeof value === "object" && value !== null;
}

function kept(): EditorSettings {
  const { fontSize, tabSize, wordWrap, tabLeaves } = recall(KEY, isPartial) ?? {};
  return {
    fontSize: FONT_SIZES.find((size) => size === fontSize) ?? STANDARD.fontSize,
    tabSize: TAB_SIZES.find((size) => size === tabSize) ?? STANDARD.tabSize,
    wordWrap: wordWrap === true,
    tabLeaves: tabLeaves === true,
  };
}

export function editorSettings(): EditorSettings {
  settings ??= kept();
  return settings;
}

export function changeEditorSettings(change: Partial<EditorSettings>): void {
  settings = { ...editorSettings(), ...change };
  remember(KEY, settings);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useEditorSettings = (): EditorSettings => useSyncExternalStore(subscribe, editorSettings);

export const onMac = /Mac OS X|iPhone|iPad/.test(navigator.userAgent);

/** The keys that change `tabLeaves`, as people write them: the usual ones of this editor. */
export const TAB_KEYS = onMac ? "⌃⇧M" : "Ctrl+M";
