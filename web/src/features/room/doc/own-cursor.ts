/** Tells the others where we are in the document. */
import type { editor, IDisposable } from "monaco-editor/editor";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

import { cursorField } from "./cursor-state";

/** A caret that jumps 20 times a second looks smooth; more would only cost. */
const INTERVAL_MS = 50;

export class OwnCursor {
  readonly #listeners: IDisposable[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;
  /** Who has only come in and not touched the editor is nowhere in it. */
  #here = false;

  constructor(
    private readonly codeEditor: editor.ICodeEditor,
    private readonly awareness: Awareness,
    private readonly shown: () => { file: string; text: Y.Text } | null,
  ) {
    this.#listeners = [
      codeEditor.onDidChangeCursorSelection(this.tell),
      codeEditor.onDidChangeModel(this.tell),
      codeEditor.onDidFocusEditorText(() => {
        this.#here = true;
        this.tell();
      }),
    ];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const listener of this.#listeners) listener.dispose();
  }

  readonly tell = (): void => {
    // Usually at once, right behind the change that moved the caret: the others see both together.
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#toldAt = performance.now();
        this.#tellNow();
      },
      Math.max(0, this.#toldAt + INTERVAL_MS - performance.now()),
    );
  };

  #tellNow(): void {
    const model = this.codeEditor.getModel();
    const selection = this.codeEditor.getSelection();
    const shown = this.shown();
    if (!this.#here || !model || !selection || !shown) return;
    const anchor = model.getOffsetAt({
      lineNumber: selection.selectionStartLineNumber,
      column: selection.selectionStartColumn,
    });
    const head = model.getOffsetAt(selection.getPosition());
    this.awareness.setLocalStateField("cursor", cursorField(shown.file, shown.text, anchor, head));
  }
}
