/** Vim's and Emacs' keys, each in a chunk of its own; they undo as the editor does. */
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

import type { EditorSettings } from "../editor-settings";
import { redo, undo } from "./history";

type Keys = EditorSettings["keys"];

/** What Vim's own program works on. */
interface VimEditor {
  cm6: EditorView;
}

interface EmacsCommand {
  exec: (handler: { view: EditorView; $data: { lastCommand: string | null } }) => void;
}

async function vimKeys(): Promise<Extension> {
  const { CodeMirror, Vim, vim } = await import("@replit/codemirror-vim");
  const commands = { undo: ({ cm6 }: VimEditor) => void undo(cm6), redo: ({ cm6 }: VimEditor) => void redo(cm6) };
  Object.assign(CodeMirror.commands, commands); // `u` and Ctrl+R
  Vim.defineEx("undo", "u", commands.undo);
  Vim.defineEx("redo", "red", commands.redo);
  return vim({ status: true });
}

async function emacsKeys(): Promise<Extension> {
  const { emacs, EmacsHandler } = await import("@replit/codemirror-emacs");
  EmacsHandler.bindKey("C-/|C-x u|S-C--|C-z", undo);
  EmacsHandler.bindKey("S-C-/|S-C-x u|C--|S-C-z", redo);
  // M-y takes back what was yanked before it yanks another piece; it would ask a history that a shared text has not got.
  const { exec } = EmacsHandler.commands.yankRotate as EmacsCommand;
  const yankRotate: EmacsCommand["exec"] = (handler) => {
    if (handler.$data.lastCommand === "yank") undo(handler.view);
    exec(handler);
  };
  EmacsHandler.addCommands({ yankRotate: { exec: yankRotate, keepLastCommand: true } });
  return emacs();
}

const LOAD: Record<Keys, () => Promise<Extension>> = { default: () => Promise.resolve([]), vim: vimKeys, emacs: emacsKeys };
const loaded = new Map<Keys, Promise<Extension>>();

/** Once for all editors: their commands are put in place only the first time. */
export async function keysOf(keys: Keys): Promise<Extension> {
  const loading = loaded.get(keys) ?? LOAD[keys]();
  loaded.set(keys, loading);
  try {
    return await loading;
  } catch {
    loaded.delete(keys);
    return []; // without the server: the standard ones
  }
}
