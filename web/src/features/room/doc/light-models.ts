/** The room's files in one light editor, as `shared-models` does it for Monaco. */
import { type EditorSelection, EditorState, type Extension } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";

import type { LightEditor, Shown } from "@/features/execution/light/light-editor";

import type { RemoteCursor } from "./cursor-state";
import { CursorTeller, type Place } from "./cursor-teller";
import { LightBinding } from "./light-binding";
import { lightCursors } from "./light-cursors";
import type { RoomDocument } from "./room-document";

interface Opened {
  binding: LightBinding;
  extension: Extension;
  selection: EditorSelection | null;
}

/** How close to the edge somebody who is followed may come, in pixels. */
const MARGIN = 40;

function shownOf({ binding, extension, selection }: Opened, language: string): Shown {
  const text = binding.shown;
  // What has become of the text meanwhile may be shorter.
  const fits = selection?.ranges.every(({ to }) => to <= text.length);
  return { text, language, extension, ...(selection && fits ? { selection } : {}) };
}

/** What was pasted, at all carets together. */
function pastedIn({ transactions }: ViewUpdate): string[] {
  return transactions
    .filter((transaction) => transaction.docChanged && transaction.isUserEvent("input.paste"))
    .map(({ changes }) => {
      const texts: string[] = [];
      changes.iterChanges((_from, _to, _fromB, _toB, inserted) => texts.push(inserted.toString()));
      return texts.join("\n");
    })
    .filter((text) => text !== "");
}

/** No file: nothing to write into. */
const NOTHING: Extension = EditorState.changeFilter.of(() => false);

export class LightModels {
  readonly #opened = new Map<string, Opened>();
  readonly #own: CursorTeller;
  readonly #listeners = new Set<(cursors: readonly RemoteCursor[]) => void>();
  readonly #pasteListeners = new Set<(text: string, path: string) => void>();
  readonly #unwatch: () => void;
  #canEdit: boolean;
  #path: string | null = null;
  #language = "";

  constructor(
    private readonly editor: LightEditor,
    private readonly document: RoomDocument,
  ) {
    this.#own = new CursorTeller(document.awareness, () => this.#place());
    document.files.observe(this.#filesChanged);
    this.#canEdit = document.canEdit;
    this.#unwatch = document.watch(this.#documentChanged);
  }

  show(path: string, language: string): void {
    this.#language = language;
    if (this.#path === path && this.#opened.has(path)) {
      // The languages may have come after the file was first shown.
      this.editor.setLanguage(language);
      return;
    }
    this.#keepSelection();
    this.#path = path;
    const opened = this.#opened.get(path) ?? this.#open(path);
    this.editor.show(opened ? shownOf(opened, language) : { text: "", language, extension: NOTHING });
    this.#own.tell();
  }

  /** `listener` is told where everybody is each time somebody moves, until what is returned is called. */
  listen(listener: (cursors: readonly RemoteCursor[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `listener` is told what is pasted here and into which file, until what is returned is called. */
  onPaste(listener: (text: string, path: string) => void): () => void {
    this.#pasteListeners.add(listener);
    return () => this.#pasteListeners.delete(listener);
  }

  /** Goes to where somebody is, when that is out of sight. */
  reveal({ file, head }: RemoteCursor): void {
    const { view } = this.editor;
    if (file !== this.#path || head > view.state.doc.length) return;
    view.dispatch({ effects: EditorView.scrollIntoView(head, { y: "nearest", yMargin: MARGIN }) });
  }

  dispose(): void {
    this.document.files.unobserve(this.#filesChanged);
    this.#unwatch();
    this.#own.dispose();
    for (const path of [...this.#opened.keys()]) this.#close(path);
  }

  #open(path: string): Opened | null {
    const text = this.document.text(path);
    if (!text) return null;
    const { awareness, doc } = this.document;
    const binding = new LightBinding(text, this.document.canEdit);
    const extension = [
      binding.extension,
      lightCursors({ awareness, doc, file: path, onCursors: (cursors) => this.#listeners.forEach((listener) => listener(cursors)) }),
      EditorView.updateListener.of((update) => {
        if (update.focusChanged && update.view.hasFocus) this.#own.enter();
        else if (update.selectionSet || update.docChanged) this.#own.tell();
        for (const text of pastedIn(update)) this.#pasteListeners.forEach((listener) => listener(text, path));
      }),
    ];
    const opened: Opened = { binding, extension, selection: null };
    this.#opened.set(path, opened);
    return opened;
  }

  #close(path: string): void {
    this.#opened.get(path)?.binding.dispose();
    this.#opened.delete(path);
  }

  #keepSelection(): void {
    const opened = this.#path === null ? undefined : this.#opened.get(this.#path);
    if (opened) opened.selection = this.editor.view.state.selection;
  }

  #place(): Place | null {
    const text = this.#path === null ? null : this.document.text(this.#path);
    if (this.#path === null || !text) return null;
    const { anchor, head } = this.editor.view.state.selection.main;
    return { file: this.#path, text, anchor, head };
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
      this.#close(path);
      if (path === this.#path) this.show(path, this.#language);
    }
  };
}
