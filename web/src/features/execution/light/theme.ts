/** Our colours for the light editor. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

import type { Theme } from "@/lib/theme";

import { DAY, NIGHT, type Palette } from "../editor-palette";

function codeOf(p: Palette): HighlightStyle {
  return HighlightStyle.define([
    { tag: tags.comment, color: p.comment },
    { tag: [tags.keyword, tags.modifier, tags.self], color: p.keyword },
    { tag: [tags.string, tags.character], color: p.string },
    { tag: [tags.escape, tags.regexp], color: p.regexp },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: p.number },
    { tag: [tags.typeName, tags.className, tags.namespace, tags.tagName, tags.meta], color: p.type },
    { tag: [tags.punctuation, tags.operator], color: p.punctuation },
    { tag: tags.invalid, color: p.error },
  ]);
}

function looksOf(p: Palette, dark: boolean): Extension {
  const marked = { backgroundColor: `${p.primary}22`, outline: `1px solid ${p.primary}99` };
  return EditorView.theme(
    {
      "&": { height: "100%", color: p.ink, backgroundColor: p.paper },
      "&.cm-focused": { outline: "none" },
      // Where the focus is, the caret and its line show; a frame around all of it would be there all the time.
      ".cm-content": { padding: "12px 0", caretColor: p.primary, outline: "none !important" },
      ".cm-cursor": { borderLeft: `2px solid ${p.primary}` },
      "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: p.selection },
      ".cm-gutters": { color: p.quiet, backgroundColor: p.paper, border: "none" },
      ".cm-activeLine": { backgroundColor: `${p.line}44` },
      ".cm-activeLineGutter": { color: p.ink, backgroundColor: "transparent" },
      ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": marked,
      ".cm-selectionMatch": { backgroundColor: `${p.selection}99` },
      ".cm-searchMatch": { backgroundColor: `${p.number}33` },
      ".cm-searchMatch-selected": { backgroundColor: `${p.number}66` },
      ".cm-panels, .cm-tooltip": { color: p.ink, backgroundColor: p.raised, borderColor: p.line },
      ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: p.ink, backgroundColor: p.selection },
      // Vim's and Emacs' command lines, which come in yellow.
      ".cm-vim-panel, .cm-vim-panel input": { color: p.ink, backgroundColor: p.raised },
      ".cm-fat-cursor": { color: `${p.paper} !important`, backgroundColor: `${p.primary} !important` },
    },
    { dark },
  );
}

const THEMES: Record<Theme, Extension> = {
  day: [looksOf(DAY, false), syntaxHighlighting(codeOf(DAY))],
  night: [looksOf(NIGHT, true), syntaxHighlighting(codeOf(NIGHT))],
};

export const colours = (theme: Theme): Extension => THEMES[theme];
