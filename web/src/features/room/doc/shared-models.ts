/** The room's files in one Monaco editor: a model and a binding for each that was shown, the others' cursors, one's own. */
import type { CodeEditorInstance } from "@/features/execution/code-editor";
import { monaco } from "@/features/execution/monaco";

import type { RemoteCursor } from "./cursor-state";
import { MonacoBinding } from "./monaco-binding";
import { OwnCursor } from "./own-cursor";
import { RemoteCursors } from "./remote-cursors";
import type { RoomDocument } from "./room-document";

interface Opened {
  model: monaco.editor.ITextModel;
  binding: MonacoBinding;
  view: monaco.editor.ICodeEditorViewState | null;
}

export class SharedModels {
  readonly #opened = new Map<string, Opened>();
  readonly #own: OwnCursor;
  readonly #remote: RemoteCursors;
  readonly #listeners = new Set<(cursors: readonly RemoteCursor[]) => void>();
  readonly #unwatch: () => void;
  #canEdit: boolean;
  #path: string | null = null;
  #language = "plaintext";

  constructor(
    private readonly codeEditor: CodeEditorInstance,
    private readonly document: RoomDocument,
  ) {
    const { doc, awareness } = document;
    this.#own = new OwnCursor(codeEditor, awareness, () => {
      const text = this.#path === null ? null : document.text(this.#path);
      return this.#path !== null && text ? { file: this.#path, text } : null;
    });
    this.#remote = new RemoteCursors({
      codeEditor,
      awareness,
      doc,
      file: () => this.#path,
      onCursors: (cursors) => {
        for (const listener of this.#listeners) listener(cursors);
      },
    });
    document.files.observe(this.#filesChanged);
    this.#canEdit = document.canEdit;
    this.#unwatch = document.watch(this.#documentChanged);
  }

  show(path: string, language: string): void {
    this.#language = language;
    const opened = this.#opened.get(path) ?? this.#open(path, language);
    // The languages may have come after the file was first shown.
    if (opened) monaco.editor.setModelLanguage(opened.model, language);
    if (this.#path === path && this.codeEditor.getModel() === opened?.model) return;
    this.#keepView();
    this.#path = path;
    this.codeEditor.setModel(opened?.model ?? null);
    if (opened?.view) this.codeEditor.restoreViewState(opened.view);
  }

  /** `listener` is told where everybody is each time somebody moves, until what is returned is called. */
  listen(listener: (cursors: readonly RemoteCursor[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `listener` is told what is pasted here and into which file, until what is returned is called. */
  onPaste(listener: (text: string, path: string) => void): () => void {
    const heard = this.codeEditor.onDidPaste(({ range }) => {
      const text = this.codeEditor.getModel()?.getValueInRange(range);
      if (text && this.#path !== null) listener(text, this.#path);
    });
    return () => heard.dispose();
  }

  /** Goes to where somebody is, when that is out of sight. */
  reveal({ file, head }: RemoteCursor): void {
    const model = this.codeEditor.getModel();
    if (model && file === this.#path) this.codeEditor.revealPositionInCenterIfOutsideViewport(model.getPositionAt(head));
  }

  dispose(): void {
    this.document.files.unobserve(this.#filesChanged);
    this.#unwatch();
    this.#own.dispose();
    this.#remote.dispose();
    for (const path of [...this.#opened.keys()]) this.#close(path);
  }

  #open(path: string, language: string): Opened | null {
    const text = this.document.text(path);
    if (!text) return null;
    const model = monaco.editor.createModel("", language);
    const binding = new MonacoBinding({ text, model, writable: this.document.canEdit });
    binding.attach(this.codeEditor);
    const opened: Opened = { model, binding, view: null };
    this.#opened.set(path, opened);
    return opened;
  }

  #close(path: string): void {
    const opened = this.#opened.get(path);
    this.#opened.delete(path);
    opened?.binding.dispose();
    opened?.model.dispose();
  }

  #keepView(): void {
    const opened = this.#path === null ? undefined : this.#opened.get(this.#path);
    if (opened) opened.view = this.codeEditor.saveViewState();
  }

  readonly #documentChanged = (): void => {
    const { canEdit } = this.document;
    if (canEdit === this.#canEdit) return;
    this.#canEdit = canEdit;
    for (const { binding } of this.#opened.values()) binding.setWritable(canEdit);
  };

  /** Somebody put another text in the place of a file (our own program never does). */
  readonly #filesChanged = ({ keysChanged }: { keysChanged: Set<string> }): void => {
    for (const path of keysChanged) {
      const shown = path === this.#path;
      this.#close(path);
      if (shown) this.show(path, this.#language);
    }
  };
}
