/** What the light editor can do, whatever it shows. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completeAnyWord } from "@codemirror/autocomplete";
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";

import type { Theme } from "@/lib/theme";

import type { EditorSettings } from "../editor-settings";
import { historyKeys } from "./history";
import { indentationOf } from "./indentation";
import { colours } from "./theme";

const FONT = '"JetBrains Mono Variable", ui-monospace, SFMono-Regular, Menlo, monospace';

export const fixed: Extension = [
  // A carriage return is no line's end here: offsets are those of the shared text.
  EditorState.lineSeparator.of("\n"),
  EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, "\n")),
  lineNumbers(),
  highlightActiveLineGutter(),
  highlightActiveLine(),
  highlightSpecialChars(),
  drawSelection(),
  dropCursor(),
  EditorState.allowMultipleSelections.of(true),
  rectangularSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightSelectionMatches(),
  EditorState.languageData.of(() => [{ autocomplete: completeAnyWord }]),
  Prec.low(keymap.of([...closeBracketsKeymap, ...historyKeys, ...searchKeymap, ...defaultKeymap])),
];

export interface Look {
  settings: EditorSettings;
  theme: Theme;
  /** Its name for assistive technology. */
  label: string;
  readOnly: boolean;
}

/** How it looks and behaves for this reader, of a text that begins with `text`. */
export function lookOf({ settings, theme, label, readOnly }: Look, text: string): Extension {
  const found = indentationOf(text);
  const columns = settings.tabSize || (found === "\t" ? 4 : found.length);
  return [
    colours(theme),
    EditorView.theme({
      ".cm-scroller": {
        fontFamily: FONT,
        fontSize: `${settings.fontSize}px`,
        lineHeight: `${Math.round(settings.fontSize * 1.55)}px`,
        fontVariantLigatures: settings.ligatures ? "normal" : "none",
      },
    }),
    settings.wordWrap ? EditorView.lineWrapping : [],
    EditorState.tabSize.of(columns),
    indentUnit.of(found === "\t" ? "\t" : " ".repeat(columns)),
    // A list only comes by itself when wanted, and Enter ends a line unless somebody has moved in the list.
    autocompletion({ activateOnTyping: settings.completion, selectOnOpen: false, icons: false }),
    EditorState.readOnly.of(readOnly),
    // Without `inputmode` a phone's keyboard would come up for somebody who cannot type.
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0", ...(readOnly ? { inputmode: "none", "aria-readonly": "true" } : {}) }),
    settings.tabLeaves || readOnly ? [] : Prec.low(keymap.of([indentWithTab])),
  ];
}
