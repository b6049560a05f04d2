import { type EditorKind, editorKind } from "./editor-kind";

/** Fetches an editor before it is needed, by default the room's: from the lobby. */
export const preloadEditor = (kind: EditorKind = editorKind()): Promise<unknown> =>
  kind === "light" ? import("./light/light-code-editor") : import("./code-editor");
