import type { CodeEditorInstance } from "./code-editor";
import { monaco } from "./monaco";

/** The texts of one person in one editor: each has its own caret, scroll and undo. */
export class SoloModels {
  /** Told what was typed. */
  onChange: (id: string, text: string) => void = () => undefined;
  readonly #models = new Map<string, monaco.editor.ITextModel>();
  readonly #views = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  #shown: string | null = null;

  constructor(private readonly codeEditor: CodeEditorInstance) {}

  /** `text`: what it begins with, when it is shown for the first time. */
  show(id: string, text: string, language: string): void {
    if (this.#shown === id) return;
    if (this.#shown !== null) this.#views.set(this.#shown, this.codeEditor.saveViewState());
    this.#shown = id;
    this.codeEditor.setModel(this.#models.get(id) ?? this.#create(id, text, language));
    this.codeEditor.restoreViewState(this.#views.get(id) ?? null);
  }

  /** All that is shown becomes `text`; the person can undo it. */
  replace(text: string): void {
    const model = this.codeEditor.getModel();
    if (!model) return;
    this.codeEditor.pushUndoStop();
    this.codeEditor.executeEdits("replace", [{ range: model.getFullModelRange(), text }]);
    this.codeEditor.pushUndoStop();
  }

  dispose(): void {
    for (const model of this.#models.values()) model.dispose();
    this.#models.clear();
  }

  #create(id: string, text: string, language: string): monaco.editor.ITextModel {
    const model = monaco.editor.createModel(text, language);
    model.setEOL(monaco.editor.EndOfLineSequence.LF);
    model.onDidChangeContent(() => this.onChange(id, model.getValue()));
    this.#models.set(id, model);
    return model;
  }
}
