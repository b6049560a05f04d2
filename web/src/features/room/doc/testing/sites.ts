/** People at their browsers for the tests of the binding: real Yjs documents, real Monaco models and editors. */
import "./monaco-in-jsdom";

import * as monaco from "monaco-editor/editor";
import * as Y from "yjs";

import { MonacoBinding } from "../monaco-binding";

export class Site {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText("code");
  readonly model: monaco.editor.ITextModel;
  readonly editor: monaco.editor.IStandaloneCodeEditor;
  readonly binding: MonacoBinding;
  readonly #outbox: Uint8Array[] = [];

  constructor(clientId: number, start?: Uint8Array, writable = true) {
    this.doc.clientID = clientId; // the order of concurrent inserts must not depend on chance
    if (start) Y.applyUpdate(this.doc, start);
    this.model = monaco.editor.createModel("", "plaintext");
    this.editor = monaco.editor.create(document.body.appendChild(document.createElement("div")), {
      model: this.model,
      autoClosingBrackets: "never",
      wordBasedSuggestions: "off",
      minimap: { enabled: false }, // draws pixel by pixel on a canvas that jsdom does not have
    });
    this.binding = new MonacoBinding({ text: this.text, model: this.model, writable });
    this.binding.attach(this.editor);
    this.doc.on("update", (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.#outbox.push(update);
    });
  }

  /** As a person would: through the editor's own typing. */
  type(text: string): void {
    this.editor.trigger("keyboard", "type", { text });
  }

  press(command: string): void {
    this.editor.trigger("keyboard", command, null);
  }

  undo(): void {
    this.press("undo");
  }

  redo(): void {
    this.press("redo");
  }

  caret(offset: number): void {
    this.editor.setPosition(this.model.getPositionAt(offset));
  }

  select(...ranges: [anchor: number, head: number][]): void {
    this.editor.setSelections(
      ranges.map(([anchor, head]) => {
        const [from, to] = [this.model.getPositionAt(anchor), this.model.getPositionAt(head)];
        return new monaco.Selection(from.lineNumber, from.column, to.lineNumber, to.column);
      }),
    );
  }

  get selection(): [anchor: number, head: number] {
    const selection = this.editor.getSelection();
    if (!selection) throw new Error("the editor shows no model");
    return [
      this.model.getOffsetAt({ lineNumber: selection.selectionStartLineNumber, column: selection.selectionStartColumn }),
      this.model.getOffsetAt(selection.getPosition()),
    ];
  }

  get value(): string {
    return this.model.getValue();
  }

  /** What this site wrote since the last call reaches `others`. */
  deliver(...others: { doc: Y.Doc }[]): void {
    for (const update of this.#outbox.splice(0)) {
      for (const other of others) Y.applyUpdate(other.doc, update, "network");
    }
  }

  dispose(): void {
    this.binding.dispose();
    this.editor.dispose();
    this.model.dispose();
  }
}

/** What everybody starts from, as the server seeds it. */
export function seedOf(content: string): Uint8Array {
  const seed = new Y.Doc();
  seed.clientID = 1;
  seed.getText("code").insert(0, content);
  return Y.encodeStateAsUpdate(seed);
}

/** Sites that start from the same text. */
export function sitesWith(content: string, count = 2): Site[] {
  const start = seedOf(content);
  return Array.from({ length: count }, (_, i) => new Site(10 + i, start));
}

interface Delivers {
  doc: Y.Doc;
  deliver: (...others: { doc: Y.Doc }[]) => void;
}

export function exchange(...sites: Delivers[]): void {
  for (const site of sites) site.deliver(...sites.filter((other) => other !== site));
}
