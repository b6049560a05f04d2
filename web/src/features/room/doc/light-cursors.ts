/** Draws where the others are in the light editor, in layers of their own: nothing of it is among the letters. */
import "./cursors.css";

import { EditorSelection, type Extension, StateEffect } from "@codemirror/state";
import { type EditorView, layer, type LayerMarker, type PluginValue, RectangleMarker, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

import { type RemoteCursor, remoteCursors } from "./cursor-state";

interface Options {
  awareness: Awareness;
  doc: Y.Doc;
  file: string;
  /** Told where everybody is each time it is drawn, in whatever file. */
  onCursors: (cursors: readonly RemoteCursor[]) => void;
}

const LABEL_HEIGHT = 20;
const LABEL_WIDTH = 192; // at most, as in cursors.css
const NAME_SHOWN_MS = 2_500; // as in Monaco

const redraw = StateEffect.define();
const isRedraw = ({ transactions }: ViewUpdate): boolean => transactions.some(({ effects }) => effects.some((effect) => effect.is(redraw)));
const mustDraw = (update: ViewUpdate): boolean => update.docChanged || update.geometryChanged || update.viewportChanged || isRedraw(update);

/** Somebody's caret with their name on a flag. The name is text, never markup or style. */
class Caret implements LayerMarker {
  constructor(
    private readonly at: { left: number; top: number; height: number },
    private readonly cursor: RemoteCursor,
    private readonly flag: string,
  ) {}

  eq(other: Caret): boolean {
    const { at, cursor, flag } = other;
    return (
      flag === this.flag && cursor.clientId === this.cursor.clientId && cursor.person.name === this.cursor.person.name &&
      at.left === this.at.left && at.top === this.at.top && at.height === this.at.height
    );
  }

  draw(): HTMLElement {
    const caret = document.createElement("div");
    caret.append(Object.assign(document.createElement("span"), { className: "remote-cursor-name" }));
    this.#put(caret);
    return caret;
  }

  update(caret: HTMLElement, before: Caret): boolean {
    if (before.cursor.clientId !== this.cursor.clientId) return false;
    this.#put(caret);
    return true;
  }

  #put(caret: HTMLElement): void {
    caret.className = `remote-cursor in-layer person-${this.cursor.person.color} ${this.flag}`;
    Object.assign(caret.style, { left: `${this.at.left}px`, top: `${this.at.top}px`, height: `${this.at.height}px` });
    if (caret.firstChild) caret.firstChild.textContent = this.cursor.person.name;
  }
}

class LightCursors implements PluginValue {
  #here: readonly RemoteCursor[] = [];
  /** Whose name is shown, until when. */
  readonly #named = new Map<number, ReturnType<typeof setTimeout>>();
  #moved = new Set<number>();
  #heads = new Map<number, number>();
  #frame: number | undefined;

  constructor(
    private readonly view: EditorView,
    private readonly options: Options,
  ) {
    options.awareness.on("change", this.#awarenessChanged);
    options.doc.on("afterTransaction", this.#soon);
    this.#soon();
  }

  destroy(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.options.awareness.off("change", this.#awarenessChanged);
    this.options.doc.off("afterTransaction", this.#soon);
    for (const timer of this.#named.values()) clearTimeout(timer);
  }

  get carets(): readonly LayerMarker[] {
    const { scrollDOM } = this.view;
    return this.#here.flatMap((cursor) => {
      const [at] = RectangleMarker.forRange(this.view, "", EditorSelection.cursor(this.#within(cursor.head)));
      if (!at) return [];
      const flag = [
        this.#named.has(cursor.clientId) ? "shows-name" : "",
        at.top - scrollDOM.scrollTop < LABEL_HEIGHT ? "hangs" : "",
        scrollDOM.clientWidth - (at.left - scrollDOM.scrollLeft) < LABEL_WIDTH ? "turns" : "",
      ];
      return [new Caret(at, cursor, flag.join(" "))];
    });
  }

  get selections(): readonly LayerMarker[] {
    return this.#here
      .filter(({ anchor, head }) => anchor !== head)
      .flatMap(({ anchor, head, person }) =>
        // The colour is a number that we checked: nothing of what others send gets into a class name or a style.
        RectangleMarker.forRange(this.view, `remote-selection person-${person.color}`, EditorSelection.range(this.#within(anchor), this.#within(head))),
      );
  }

  /** The letters may be newer than where the others are, for a frame. */
  #within(offset: number): number {
    return Math.min(offset, this.view.state.doc.length);
  }

  readonly #awarenessChanged = ({ added, updated }: { added: number[]; updated: number[] }): void => {
    for (const client of [...added, ...updated]) this.#moved.add(client);
    this.#soon();
  };

  readonly #soon = (): void => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#look();
    });
  };

  #look(): void {
    const { awareness, doc, file, onCursors } = this.options;
    const all = remoteCursors(awareness, doc);
    const before = this.#here;
    this.#here = all.filter((cursor) => cursor.file === file);
    for (const { clientId, head } of this.#here) {
      // When the person moved, not when text moved them.
      if (this.#moved.has(clientId) && this.#heads.get(clientId) !== head) this.#name(clientId);
    }
    this.#heads = new Map(this.#here.map(({ clientId, head }) => [clientId, head]));
    this.#moved.clear();
    if (before.length > 0 || this.#here.length > 0) this.#draw();
    onCursors(all);
  }

  #name(client: number): void {
    clearTimeout(this.#named.get(client));
    const hide = () => {
      this.#named.delete(client);
      this.#draw();
    };
    this.#named.set(client, setTimeout(hide, NAME_SHOWN_MS));
  }

  #draw(): void {
    this.view.dispatch({ effects: redraw.of(null) });
  }
}

export function lightCursors(options: Options): Extension {
  const plugin = ViewPlugin.define((view) => new LightCursors(view, options));
  const markers = (of: "carets" | "selections") => (view: EditorView) => view.plugin(plugin)?.[of] ?? [];
  return [
    plugin,
    layer({ above: true, class: "remote-carets", update: mustDraw, markers: markers("carets") }),
    layer({ above: false, class: "remote-selections", update: mustDraw, markers: markers("selections") }),
  ];
}
