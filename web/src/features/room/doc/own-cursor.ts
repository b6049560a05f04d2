/** Tells the others where we are in Monaco. */
import type { editor, IDisposable } from "monaco-editor/editor";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

import { CursorTeller, type Place } from "./cursor-teller";

export class OwnCursor {
  readonly #listeners: IDisposable[];
  readonly #teller: CursorTeller;

  constructor(
    private readonly codeEditor: editor.ICodeEditor,
    awareness: Awareness,
    private readonly shown: () => { file: string; text: Y.Text } | null,
  ) {
    this.#teller = new CursorTeller(awareness, () => this.#place());
    this.#listeners = [
      codeEditor.onDidChangeCursorSelection(this.#teller.tell),
      codeEditor.onDidChangeModel(this.#teller.tell),
      codeEditor.onDidFocusEditorText(() => this.#teller.enter()),
    ];
  }

  dispose(): void {
    this.#teller.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  #place(): Place | null {
    const model = this.codeEditor.getModel();
    const selection = this.codeEditor.getSelection();
    const shown = this.shown();
    if (!model || !selection || !shown) return null;
    const anchor = model.getOffsetAt({
      lineNumber: selection.selectionStartLineNumber,
      column: selection.selectionStartColumn,
    });
    return { ...shown, anchor, head: model.getOffsetAt(selection.getPosition()) };
  }
}
