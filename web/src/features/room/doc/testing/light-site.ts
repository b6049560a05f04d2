/** Somebody at their light editor, for the tests of its binding: a real Yjs document, a real editor. */
import { deleteCharBackward } from "@codemirror/commands";
import { EditorSelection, EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import * as Y from "yjs";

import { redo, undo } from "@/features/execution/light/history";

import { LightBinding } from "../light-binding";

export class LightSite {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText("code");
  readonly binding: LightBinding;
  readonly view: EditorView;
  readonly #outbox: Uint8Array[] = [];

  constructor(clientId: number, start?: Uint8Array, writable = true, more: Extension = []) {
    this.doc.clientID = clientId;
    if (start) Y.applyUpdate(this.doc, start);
    this.binding = new LightBinding(this.text, writable);
    const several = EditorState.allowMultipleSelections.of(true);
    const lines = EditorState.lineSeparator.of("\n");
    this.view = new EditorView({
      parent: document.body.appendChild(document.createElement("div")),
      state: EditorState.create({ doc: this.binding.shown, extensions: [more, several, lines, this.binding.extension] }),
    });
    this.doc.on("update", (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.#outbox.push(update);
    });
  }

  type(text: string): void {
    this.view.dispatch({ ...this.view.state.replaceSelection(text), userEvent: "input.type" });
  }

  deleteLeft(): void {
    deleteCharBackward(this.view);
  }

  undo(): void {
    undo(this.view);
  }

  redo(): void {
    redo(this.view);
  }

  caret(offset: number): void {
    this.select([offset, offset]);
  }

  select(...ranges: [anchor: number, head: number][]): void {
    const selection = EditorSelection.create(ranges.map(([anchor, head]) => EditorSelection.range(anchor, head)));
    this.view.dispatch({ selection, userEvent: "select" });
  }

  get selection(): [anchor: number, head: number] {
    const { anchor, head } = this.view.state.selection.main;
    return [anchor, head];
  }

  get value(): string {
    return this.view.state.doc.toString();
  }

  deliver(...others: { doc: Y.Doc }[]): void {
    for (const update of this.#outbox.splice(0)) {
      for (const other of others) Y.applyUpdate(other.doc, update, "network");
    }
  }

  dispose(): void {
    this.binding.dispose();
    this.view.destroy();
  }
}
