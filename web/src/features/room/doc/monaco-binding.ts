/**
 * Keeps one Monaco model and one `Y.Text` the same, both ways.
 *
 * Written here because the usual binding has three faults: Monaco's own undo takes back whatever has moved to the old
 * place (ours asks Yjs, which knows who wrote what); text inserted by others exactly at the caret drags it along; and a
 * carriage return in the document makes both differ for good.
 */
import { editor, type IDisposable } from "monaco-editor/editor";
import * as Y from "yjs";

import { rangeOf, select, selectionsAfter } from "./carets";
import { Composition } from "./composition";
import { clean, isForeign, plain } from "./foreign";
import { difference, editsOf, moved, type TextEdit } from "@/lib/text-edits";

type Model = editor.ITextModel;
type CodeEditor = editor.ICodeEditor;
type History = Record<"undo" | "redo", () => void> & Record<"canUndo" | "canRedo", () => boolean>;

const { LF } = editor.EndOfLineSequence;
const QUIET_MS = 2_000; // how long after a change from elsewhere both texts are compared in full

interface Attached {
  composition: Composition;
  listener: IDisposable;
}

/** While something is being entered here with an input method: the text before, and what the others did since. */
interface Held {
  base: string;
  edits: TextEdit[][];
}

interface BindingOptions {
  text: Y.Text;
  model: Model;
  /** False: nothing is ever written to the document from here. */
  writable: boolean;
}

export class MonacoBinding {
  readonly #text: Y.Text;
  readonly #model: Model;
  #writable: boolean;
  readonly #undo: Y.UndoManager;
  readonly #cleaning = Symbol("cleaning");
  readonly #editors = new Map<CodeEditor, Attached>();
  readonly #listeners: IDisposable[];
  #applying = false;
  #disposed = false;
  /** The document has something in it that the model cannot show, and we may not take it out. */
  #foreign = false;
  #deletedLast = false;
  #held: Held | null = null;
  #comparison: ReturnType<typeof setTimeout> | undefined;

  constructor({ text, model, writable }: BindingOptions) {
    this.#text = text;
    this.#model = model;
    this.#writable = writable;
    this.#clean();
    model.setEOL(LF);
    if (model.getValue() !== plain(text)) model.setValue(plain(text));
    model.setEOL(LF);
    this.#undo = new Y.UndoManager(text, { trackedOrigins: new Set([this]) });
    this.#takeOverUndo();
    text.observe(this.#fromText);
    this.#listeners = [model.onDidChangeContent(this.#fromModel), model.onWillDispose(() => this.dispose())];
  }

  /** From now on the carets of `codeEditor` are kept in their place whenever it shows this model. */
  attach(codeEditor: CodeEditor): void {
    if (this.#editors.has(codeEditor)) return;
    const listener = codeEditor.onDidChangeCursorPosition(({ reason }) => {
      if (reason === editor.CursorChangeReason.Explicit && codeEditor.getModel() === this.#model) this.#undo.stopCapturing();
    });
    this.#editors.set(codeEditor, { listener, composition: new Composition(codeEditor, () => this.#release()) });
    codeEditor.onDidDispose(() => this.#detach(codeEditor));
  }

  /** Whether the reader may write has changed. */
  setWritable(writable: boolean): void {
    this.#writable = writable;
    this.#clean();
    this.#showText();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (!this.#model.isDisposed()) this.#release();
    clearTimeout(this.#comparison);
    this.#text.unobserve(this.#fromText);
    for (const listener of this.#listeners) listener.dispose();
    for (const codeEditor of [...this.#editors.keys()]) this.#detach(codeEditor);
    this.#undo.destroy();
    const model = this.#model as unknown as Partial<History>;
    delete model.undo;
    delete model.redo;
    delete model.canUndo;
    delete model.canRedo;
  }

  #detach(codeEditor: CodeEditor): void {
    const attached = this.#editors.get(codeEditor);
    this.#editors.delete(codeEditor);
    attached?.listener.dispose();
    attached?.composition.dispose();
  }

  #takeOverUndo(): void {
    const history: History = {
      undo: () => {
        if (this.#writable) this.#undo.undo();
      },
      redo: () => {
        if (this.#writable) this.#undo.redo();
      },
      canUndo: () => this.#writable && this.#undo.canUndo(),
      canRedo: () => this.#writable && this.#undo.canRedo(),
    };
    Object.assign(this.#model, history); // over the methods of its class, until `dispose`
  }

  readonly #fromModel = (event: editor.IModelContentChangedEvent): void => {
    if (this.#applying || this.#held) return;
    if (!this.#writable) {
      this.#showText();
    } else if (event.isFlush || event.isEolChange || event.eol !== "\n") {
      this.#applying = true;
      this.#model.setEOL(LF);
      this.#applying = false;
      this.#writeDifference();
    } else {
      this.#write(event.changes);
    }
  };

  /** In the order given: every change is relative to the text after those before it in the list. */
  #write(changes: readonly editor.IModelContentChange[]): void {
    const deletes = changes.every(({ text }) => text === "");
    if (deletes !== this.#deletedLast) this.#undo.stopCapturing();
    this.#deletedLast = deletes;
    this.#transact(this, () => {
      for (const { rangeOffset, rangeLength, text } of changes) {
        if (rangeLength > 0) this.#text.delete(rangeOffset, rangeLength);
        if (text) this.#text.insert(rangeOffset, text);
      }
    });
    // A step of undo is a line at most, however fast somebody types.
    if (changes.some(({ text }) => text.includes("\n"))) this.#undo.stopCapturing();
    if (this.#text.length !== this.#model.getValueLength()) this.#writeDifference();
  }

  #writeDifference(): void {
    const edit = difference(this.#text.toJSON(), this.#model.getValue());
    if (!edit) return;
    this.#transact(this, () => {
      this.#text.delete(edit.from, edit.to - edit.from);
      this.#text.insert(edit.from, edit.text);
    });
  }

  readonly #fromText = (event: Y.YTextEvent, { origin }: Y.Transaction): void => {
    if (origin === this || origin === this.#cleaning) return;
    const edits = editsOf(event.delta);
    if (this.#isHeld(edits)) return;
    if (this.#foreign || event.delta.some(({ insert }) => isForeign(insert))) {
      this.#clean();
      this.#showText();
    } else {
      this.#apply(edits, origin === this.#undo);
    }
    clearTimeout(this.#comparison);
    this.#comparison = setTimeout(() => this.#showText(), QUIET_MS);
  };

  /** Holds `edits` back if they would change what is just being entered, or if others are held already. */
  #isHeld(edits: TextEdit[]): boolean {
    const compositions = [...this.#editors.values()].map(({ composition }) => composition);
    const disturbed = compositions.some((one) => one.isDisturbedBy(edits, this.#model));
    if (!this.#held && !disturbed) return false;
    this.#held ??= { base: this.#model.getValue(), edits: [] };
    this.#held.edits.push(edits);
    for (const composition of compositions) composition.wait();
    return true;
  }

  /** What was entered is taken out, the others' changes come in their order, and it is put back in its place. */
  #release(): void {
    const held = this.#held;
    if (!held) return;
    const local = difference(held.base, this.#model.getValue());
    this.#held = null;
    if (local) {
      const { from, to, text } = local;
      this.#apply([{ from, to: from + text.length, text: held.base.slice(from, to) }], false);
    }
    for (const edits of held.edits) this.#apply(edits, false);
    if (local) {
      const side = local.from === local.to ? "before" : "after";
      const from = held.edits.reduce((at, edits) => moved(at, edits, side), local.from);
      const to = held.edits.reduce((at, edits) => moved(at, edits, "before"), local.to);
      this.#model.applyEdits([{ range: rangeOf(this.#model, { from, to }), text: local.text }]);
      const caret = from + local.text.length;
      for (const codeEditor of this.#shownIn()) select(codeEditor, this.#model, [[caret, caret]]);
    }
    this.#showText(); // what is not plain text was not among the edits
  }

  #shownIn(): CodeEditor[] {
    return [...this.#editors.keys()].filter((codeEditor) => codeEditor.getModel() === this.#model);
  }

  #apply(edits: readonly TextEdit[], showPlace: boolean): void {
    const model = this.#model;
    const carets = this.#shownIn().map((codeEditor) => ({ codeEditor, wanted: selectionsAfter(codeEditor, model, edits) }));
    this.#applying = true;
    try {
      model.applyEdits(edits.map((edit) => ({ range: rangeOf(model, edit), text: edit.text })));
    } finally {
      this.#applying = false;
    }
    const last = edits.at(-1);
    for (const { codeEditor, wanted } of carets) {
      if (showPlace && last) {
        const place = model.getPositionAt(moved(last.to, edits, "after"));
        codeEditor.setPosition(place, "undo");
        codeEditor.revealPositionInCenterIfOutsideViewport(place);
      } else {
        select(codeEditor, model, wanted);
      }
    }
  }

  /** Makes the model what the document is, whatever has happened. */
  #showText(): void {
    if (this.#held) return;
    const edit = difference(this.#model.getValue(), plain(this.#text));
    if (edit) this.#apply([edit], false);
  }

  #clean(): void {
    this.#foreign = clean(this.#text, this.#writable, (change) => this.#transact(this.#cleaning, change));
  }

  #transact(origin: unknown, change: () => void): void {
    if (this.#text.doc) this.#text.doc.transact(change, origin);
    else change();
  }
}
