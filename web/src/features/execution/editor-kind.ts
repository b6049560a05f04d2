import { useState } from "react";

import { type EditorSettings, editorSettings, useEditorSettings } from "./editor-settings";

/** Monaco, or the light one, which suits fingers and small screens. */
export type EditorKind = "full" | "light";

const PHONE = "(pointer: coarse), (max-width: 639px)";
const onPhone = (): boolean => window.matchMedia(PHONE).matches;

/** Vim's and Emacs' keys are only in the light one: Monaco's have not kept up with it. */
function kindOf({ editor, keys }: EditorSettings, phone: boolean): EditorKind {
  if (keys !== "default") return "light";
  if (editor === "auto") return phone ? "light" : "full";
  return editor;
}

/** As of now, for what is fetched ahead. */
export const editorKind = (): EditorKind => kindOf(editorSettings(), onPhone());

/** Follows the settings; what kind of screen it is counts as of the beginning, so that turning a phone changes nothing. */
export function useEditorKind(): EditorKind {
  const [phone] = useState(onPhone);
  return kindOf(useEditorSettings(), phone);
}
