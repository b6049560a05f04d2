import { type EditorKind, editorKind } from "./editor-kind";

// One `import()` in an expression: Vite fetches what the last of several needs, whichever is asked for.
const LOAD: Record<EditorKind, () => Promise<unknown>> = {
  full: () => import("./code-editor"),
  light: () => import("./light/light-code-editor"),
};

/** Fetches an editor before it is needed, by default the room's: from the lobby. */
export const preloadEditor = (kind: EditorKind = editorKind()): Promise<unknown> => LOAD[kind]();
