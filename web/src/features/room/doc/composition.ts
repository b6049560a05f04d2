/**
 * Whether somebody is in the middle of entering a character or a word with an input method (Japanese, an accent, most
 * phone keyboards). The browser then owns the text around the caret: changing it underneath makes it replace the wrong
 * letters, the others' included.
 */
import type { editor, IDisposable } from "monaco-editor/editor";

import type { TextEdit } from "@/lib/text-edits";

/** A phone's keyboard may stay in the middle of a word for ever; so long is waited after the last letter. */
const PATIENCE_MS = 3_000;

export class Composition {
  #active = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners: IDisposable[];

  /** `onEnd` is called when what was held back may go on. */
  constructor(
    private readonly codeEditor: editor.ICodeEditor,
    private readonly onEnd: () => void,
  ) {
    this.#listeners = [
      codeEditor.onDidCompositionStart(() => (this.#active = true)),
      codeEditor.onDidCompositionEnd(() => this.#ended()),
      codeEditor.onDidChangeModel(() => this.#ended()),
    ];
  }

  /** Whether `edits` would change a line in which something is being entered. */
  isDisturbedBy(edits: readonly TextEdit[], model: editor.ITextModel): boolean {
    if (!this.#active || this.codeEditor.getModel() !== model) return false;
    const lines = (this.codeEditor.getSelections() ?? []).flatMap((one) => [one.startLineNumber, one.endLineNumber]);
    return edits.some(({ from, to }) => {
      const [first, last] = [model.getPositionAt(from).lineNumber, model.getPositionAt(to).lineNumber];
      return lines.some((line) => first <= line && line <= last);
    });
  }

  /** Something is held back: the person gets some time, then what was entered is taken as it is. */
  wait(): void {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      if (this.codeEditor.hasTextFocus() && document.activeElement instanceof HTMLElement) {
        document.activeElement.blur(); // the browser ends the input
        this.codeEditor.focus();
      }
      this.#ended();
    }, PATIENCE_MS);
  }

  dispose(): void {
    clearTimeout(this.#patience);
    for (const listener of this.#listeners) listener.dispose();
  }

  #ended(): void {
    this.#active = false;
    clearTimeout(this.#patience);
    // After whatever the editor itself does with the letters that came last.
    this.#patience = setTimeout(() => {
      if (!this.#active) this.onEnd();
    });
  }
}
