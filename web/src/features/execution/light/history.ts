/** Undo in the light editor. In a shared text it is the text's, which knows who wrote what, not the editor's. */
import { redo as redoOwn, undo as undoOwn } from "@codemirror/commands";
import { Facet } from "@codemirror/state";
import type { Command, EditorView, KeyBinding } from "@codemirror/view";

export interface SharedHistory {
  /** False when there is nothing to take back. */
  undo: () => boolean;
  redo: () => boolean;
}

export const sharedHistory = Facet.define<SharedHistory>();

const shared = (view: EditorView): SharedHistory | undefined => view.state.facet(sharedHistory)[0];

export const undo: Command = (view) => shared(view)?.undo() ?? undoOwn(view);
export const redo: Command = (view) => shared(view)?.redo() ?? redoOwn(view);

/** They keep the keys also when there is nothing to do: the browser's own undo knows nothing of the text. */
const always =
  (command: Command): Command =>
  (view) => {
    command(view);
    return true;
  };

export const historyKeys: readonly KeyBinding[] = [
  { key: "Mod-z", run: always(undo) },
  { key: "Mod-y", mac: "Mod-Shift-z", run: always(redo) },
  { linux: "Ctrl-Shift-z", run: always(redo) },
];
