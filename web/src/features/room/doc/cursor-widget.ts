import { editor } from "monaco-editor/editor";

import type { RemoteCursor } from "./cursor-state";

const LABEL_HEIGHT = 20;
const NAME_SHOWN_MS = 2_500; // long enough to see who it is, short enough not to hide the code

/** Somebody's caret with their name on a flag. The name is text, never markup or style. */
export class CursorWidget implements editor.IContentWidget {
  readonly #node = document.createElement("div");
  readonly #label = document.createElement("span");
  readonly #id: string;
  #offset = -1;
  #colourClass = "person-7";
  #position: { lineNumber: number; column: number } | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly codeEditor: editor.ICodeEditor,
    clientId: number,
  ) {
    this.#id = `remote-cursor-${clientId}`;
    this.#label.className = "remote-cursor-name";
    // Not announced: a caret that moves at every key would talk over everything else.
    this.#node.setAttribute("aria-hidden", "true");
    this.#node.append(this.#label);
    codeEditor.addContentWidget(this);
  }

  getId(): string {
    return this.#id;
  }

  getDomNode(): HTMLElement {
    return this.#node;
  }

  getPosition(): editor.IContentWidgetPosition {
    return { position: this.#position, preference: [editor.ContentWidgetPositionPreference.EXACT] };
  }

  /** The flag hangs below its caret where it would be cut off above, and to the left where the right has no room. */
  afterRender(_position: unknown, at: editor.IContentWidgetRenderedCoordinate | null): void {
    if (!at) return;
    const { contentWidth, verticalScrollbarWidth } = this.codeEditor.getLayoutInfo();
    const room = contentWidth - verticalScrollbarWidth - (at.left - this.codeEditor.getScrollLeft());
    this.#node.classList.toggle("hangs", at.top < LABEL_HEIGHT);
    this.#node.classList.toggle("turns", this.#label.offsetWidth > room);
  }

  /** At its place of now. The name shows when the person moved, not when text moved them. */
  update({ person, head }: RemoteCursor, model: editor.ITextModel, moved: boolean): void {
    this.#colour(person.color);
    this.#node.style.height = `${this.codeEditor.getOption(editor.EditorOption.lineHeight)}px`;
    this.#label.textContent = person.name;
    this.#position = model.getPositionAt(head);
    if (moved && head !== this.#offset) this.reveal();
    this.#offset = head;
    this.codeEditor.layoutContentWidget(this);
  }

  #colour(color: number): void {
    this.#node.classList.remove(this.#colourClass);
    this.#colourClass = `person-${color}`;
    this.#node.classList.add("remote-cursor", this.#colourClass);
  }

  /** Shows the name for a while. */
  reveal(): void {
    this.#node.classList.add("shows-name");
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#node.classList.remove("shows-name"), NAME_SHOWN_MS);
  }

  isAt(position: { lineNumber: number; column: number }): boolean {
    const own = this.#position;
    return own?.lineNumber === position.lineNumber && Math.abs(own.column - position.column) <= 1;
  }

  dispose(): void {
    clearTimeout(this.#idle);
    this.codeEditor.removeContentWidget(this);
  }
}
