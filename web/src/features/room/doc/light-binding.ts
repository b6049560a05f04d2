/**
 * Keeps one text of the light editor and one `Y.Text` the same, both ways, by the rules of `monaco-binding`: undo takes back
 * one's own only, carets stay where they are when others type beside them, and who may not write changes nothing.
 */
import { Annotation, EditorState, type Extension, type Text, Transaction } from "@codemirror/state";
import { type EditorView, type PluginValue, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import * as Y from "yjs";

import { sharedHistory } from "@/features/execution/light/history";
import { difference, editsOf, moved, splitsPair, type TextEdit } from "@/lib/text-edits";

import { clean, isForeign, plain } from "./foreign";

/** A change that comes from the document. */
const fromDocument = Annotation.define<true>();

/** Whether an edit begins or ends in the middle of a character: what is left of it is something else in the document then. */
function cuts(doc: Text, { from, to }: Pick<TextEdit, "from" | "to">): boolean {
  return [from, to].some((at) => at > 0 && splitsPair(doc.sliceString(at - 1, at + 1), 1));
}

export class LightBinding {
  /** For the state of one editor at a time. */
  readonly extension: Extension;
  readonly #text: Y.Text;
  #writable: boolean;
  readonly #undo: Y.UndoManager;
  readonly #cleaning = Symbol("cleaning");
  #view: EditorView | null = null;
  /** The document has something in it that the editor cannot show, and we may not take it out. */
  #foreign = false;
  #deletedLast = false;

  constructor(text: Y.Text, writable: boolean) {
    this.#text = text;
    this.#writable = writable;
    this.#clean();
    this.#undo = new Y.UndoManager(text, { trackedOrigins: new Set([this]) });
    text.observe(this.#fromText);
    this.extension = [
      ViewPlugin.define((view) => this.#watch(view)),
      EditorState.changeFilter.of((transaction) => this.#writable || transaction.annotation(fromDocument) === true),
      sharedHistory.of({ undo: () => this.#take("undo"), redo: () => this.#take("redo") }),
    ];
  }

  /** What an editor begins with. */
  get shown(): string {
    return plain(this.#text);
  }

  setWritable(writable: boolean): void {
    this.#writable = writable;
    this.#clean();
    this.#showText();
  }

  dispose(): void {
    this.#text.unobserve(this.#fromText);
    this.#undo.destroy();
    this.#view = null;
  }

  #watch(view: EditorView): PluginValue {
    this.#view = view;
    return {
      update: (update) => this.#fromView(update),
      destroy: () => {
        if (this.#view === view) this.#view = null;
      },
    };
  }

  #fromView({ transactions }: ViewUpdate): void {
    for (const transaction of transactions) {
      if (transaction.annotation(fromDocument)) continue;
      if (transaction.docChanged) this.#write(transaction);
      // Whoever goes elsewhere begins another step of undo.
      else if (transaction.isUserEvent("select")) this.#undo.stopCapturing();
    }
  }

  #write({ changes, startState }: Transaction): void {
    const edits: TextEdit[] = [];
    let shorter = 0;
    const before: Pick<TextEdit, "from" | "to">[] = [];
    // In the order of the text: what stands before an edit is as it will be, so its place is that of the new text.
    changes.iterChanges((from, to, at, _end, inserted) => {
      const given = inserted.toString();
      const text = given.replaceAll("\r", "");
      edits.push({ from: at - shorter, to: at - shorter + to - from, text });
      shorter += given.length - text.length;
      before.push({ from, to });
    });
    const deletes = edits.every(({ text }) => text === "");
    // A word that was completed or pasted is a step by itself, and a line is one at most, however fast somebody types.
    const ends = edits.some(({ text }) => text.startsWith("\n"));
    const apart = !ends && edits.some(({ text }) => text.length > 1);
    if (deletes !== this.#deletedLast || apart) this.#undo.stopCapturing();
    this.#deletedLast = deletes;
    this.#transact(this, () => {
      for (const { from, to, text } of edits) {
        if (to > from) this.#text.delete(from, to - from);
        if (text) this.#text.insert(from, text);
      }
    });
    if (apart || ends) this.#undo.stopCapturing();
    // The editor cannot be changed in the middle of its own change.
    if (shorter > 0 || before.some((edit) => cuts(startState.doc, edit))) queueMicrotask(() => this.#showText());
  }

  readonly #fromText = (event: Y.YTextEvent, { origin }: Y.Transaction): void => {
    if (origin === this || origin === this.#cleaning) return;
    if (this.#foreign || event.delta.some(({ insert }) => isForeign(insert))) {
      this.#clean();
      this.#showText();
    } else {
      this.#apply(editsOf(event.delta), origin === this.#undo);
    }
  };

  #apply(edits: readonly TextEdit[], showPlace: boolean): void {
    const view = this.#view;
    if (!view) return;
    const last = edits.at(-1);
    const cut = edits.some((edit) => cuts(view.state.doc, edit));
    view.dispatch({
      changes: edits.map(({ from, to, text }) => ({ from, to, insert: text })),
      annotations: [fromDocument.of(true), Transaction.remote.of(!showPlace), Transaction.addToHistory.of(false)],
      ...(showPlace && last ? { selection: { anchor: moved(last.to, edits, "after") }, scrollIntoView: true } : {}),
    });
    if (cut) this.#showText();
  }

  /** Makes the editor what the document is, whatever has happened. */
  #showText(): void {
    const edit = this.#view && difference(this.#view.state.doc.toString(), plain(this.#text));
    if (edit) this.#apply([edit], false);
  }

  #take(step: "undo" | "redo"): boolean {
    return this.#writable && this.#undo[step]() !== null;
  }

  #clean(): void {
    this.#foreign = clean(this.#text, this.#writable, (change) => this.#transact(this.#cleaning, change));
  }

  #transact(origin: unknown, change: () => void): void {
    if (this.#text.doc) this.#text.doc.transact(change, origin);
    else change();
  }
}
