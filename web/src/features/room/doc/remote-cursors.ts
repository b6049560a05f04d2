/** Draws where the others are in the file that the editor shows. */
import "./cursors.css";

import type { editor, IDisposable } from "monaco-editor/editor";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

import { type RemoteCursor, remoteCursors } from "./cursor-state";
import { CursorWidget } from "./cursor-widget";

interface Options {
  codeEditor: editor.ICodeEditor;
  awareness: Awareness;
  doc: Y.Doc;
  /** The file that the editor shows now, if any. */
  file: () => string | null;
  /** Told where everybody is each time it is drawn, in whatever file. */
  onCursors?: (cursors: readonly RemoteCursor[]) => void;
}

export class RemoteCursors {
  readonly #widgets = new Map<number, CursorWidget>();
  readonly #selections: editor.IEditorDecorationsCollection;
  readonly #listeners: IDisposable[];
  #frame: number | undefined;
  #moved = new Set<number>();

  constructor(private readonly options: Options) {
    const { codeEditor, awareness, doc } = options;
    this.#selections = codeEditor.createDecorationsCollection();
    awareness.on("change", this.#awarenessChanged);
    doc.on("afterTransaction", this.draw);
    this.#listeners = [
      codeEditor.onDidChangeModel(this.draw),
      codeEditor.onMouseMove(({ target }) => {
        const { position } = target;
        if (!position) return;
        for (const widget of this.#widgets.values()) if (widget.isAt(position)) widget.reveal();
      }),
    ];
    this.draw();
  }

  /** Soon, once for all that happens until then. */
  readonly draw = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#drawNow();
    });
  };

  dispose(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.options.awareness.off("change", this.#awarenessChanged);
    this.options.doc.off("afterTransaction", this.draw);
    for (const one of [...this.#listeners, ...this.#widgets.values()]) one.dispose();
    this.#widgets.clear();
    this.#selections.clear();
  }

  readonly #awarenessChanged = ({ added, updated }: { added: number[]; updated: number[] }): void => {
    for (const client of [...added, ...updated]) this.#moved.add(client);
    this.draw();
  };

  #drawNow(): void {
    const { codeEditor, awareness, doc, file, onCursors } = this.options;
    const model = codeEditor.getModel();
    const all = remoteCursors(awareness, doc);
    const here = model ? all.filter((cursor) => cursor.file === file()) : [];
    for (const [client, widget] of this.#widgets) {
      if (here.some(({ clientId }) => clientId === client)) continue;
      widget.dispose();
      this.#widgets.delete(client);
    }
    if (model) {
      for (const cursor of here) this.#widgetOf(cursor.clientId).update(cursor, model, this.#moved.has(cursor.clientId));
      this.#selections.set(here.filter(({ anchor, head }) => anchor !== head).map((cursor) => selectionOf(cursor, model)));
    }
    this.#moved.clear();
    onCursors?.(all);
  }

  #widgetOf(client: number): CursorWidget {
    let widget = this.#widgets.get(client);
    if (!widget) this.#widgets.set(client, (widget = new CursorWidget(this.options.codeEditor, client)));
    return widget;
  }
}

function selectionOf({ anchor, head, person }: RemoteCursor, model: editor.ITextModel): editor.IModelDeltaDecoration {
  const from = model.getPositionAt(Math.min(anchor, head));
  const to = model.getPositionAt(Math.max(anchor, head));
  return {
    range: {
      startLineNumber: from.lineNumber,
      startColumn: from.column,
      endLineNumber: to.lineNumber,
      endColumn: to.column,
    },
    // The colour is a number that we checked: nothing of what others send gets into a class name or a style.
    options: { className: `remote-selection person-${person.color}` },
  };
}
