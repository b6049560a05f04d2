/** One CodeMirror editor: what it shows can be exchanged, how it looks stays. */
import { Compartment, EditorState, type Extension, type EditorSelection } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { keysOf } from "./keys";
import { languageOf } from "./languages";
import { fixed, type Look, lookOf } from "./setup";

export interface Shown {
  text: string;
  /** Monaco's id. */
  language: string;
  /** What keeps the text, and whatever else belongs to it. */
  extension: Extension;
  selection?: EditorSelection;
}

export class LightEditor {
  readonly view: EditorView;
  readonly #look = new Compartment();
  readonly #keys = new Compartment();
  readonly #language = new Compartment();
  #wanted: Look;
  #keyName: Look["settings"]["keys"] = "default";
  #keyExtension: Extension = [];
  #languageName = "";
  #languageExtension: Extension = [];

  constructor(parent: HTMLElement, look: Look, private readonly own: Extension) {
    this.#wanted = look;
    this.view = new EditorView({ parent, state: this.#state({ text: "", language: "", extension: [] }) });
    this.#loadKeys();
  }

  show(shown: Shown): void {
    if (shown.language !== this.#languageName) this.#languageExtension = [];
    this.view.setState(this.#state(shown));
    this.setLanguage(shown.language);
  }

  setLanguage(id: string): void {
    if (id === this.#languageName) return;
    this.#languageName = id;
    void languageOf(id).then((extension) => {
      if (this.#languageName !== id) return;
      this.#languageExtension = extension;
      this.view.dispatch({ effects: this.#language.reconfigure(extension) });
    });
  }

  setLook(look: Look): void {
    this.#wanted = look;
    this.view.dispatch({ effects: this.#look.reconfigure(lookOf(look, this.view.state.doc.toString())) });
    this.#loadKeys();
  }

  destroy(): void {
    this.view.destroy();
  }

  #state({ text, extension, selection }: Shown): EditorState {
    return EditorState.create({
      doc: text,
      ...(selection ? { selection } : {}),
      extensions: [
        this.own,
        // Before our own keys, which they take the place of.
        this.#keys.of(this.#keyExtension),
        fixed,
        this.#look.of(lookOf(this.#wanted, text)),
        this.#language.of(this.#languageExtension),
        extension,
      ],
    });
  }

  #loadKeys(): void {
    const { keys } = this.#wanted.settings;
    if (keys === this.#keyName) return;
    this.#keyName = keys;
    void keysOf(keys).then((extension) => {
      if (this.#keyName !== keys) return;
      this.#keyExtension = extension;
      this.view.dispatch({ effects: this.#keys.reconfigure(extension) });
    });
  }
}
