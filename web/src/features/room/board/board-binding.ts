/**
 * Ties what Excalidraw shows to `Y.Map "board"`: element id → the element as plain JSON, or its tombstone.
 *
 * Of two accounts of one element the one that was changed more often holds (`beats`), the same for everybody: who has a
 * newer one than the document writes it again. Who may not write shows what the document has.
 */
import type * as Y from "yjs";

import { beats, type BoardElement, inOrder, isDrawable, same, soundElement, type Tombstone, tombstone } from "./board-element";

/** A shape that moves 20 times a second looks smooth; each of these is in the session's log for good. */
const INTERVAL_MS = 50;
/** Somebody's drawing on average, in JSON: a long stroke is written whole each time, so the longer the less often. */
const BYTES_PER_MS = 20;
/** One message to the server; it refuses those of 1 MB. */
const MESSAGE_BYTES = 200_000;
/** One element, in JSON. The longest stroke of a pen there may be is about as much. */
const ELEMENT_BYTES = 200_000;
/** All of the board, in JSON: the document, code included, may have 5 MB. */
const BOARD_BYTES = 2_000_000;
const MOST_ELEMENTS = 3_000;
/** Of what others' programs wrote: two people may fill the board at once, but no more than a page can draw. */
const MOST_SHOWN = 2 * MOST_ELEMENTS;

/** Where the elements are drawn. */
export interface Scene {
  /** All, also those that are deleted. */
  elements(): readonly BoardElement[];
  /** Ids of what is under the reader's hand: not to be taken away while it is. */
  held(): ReadonlySet<string>;
  /** From now on these and no others; nothing that the reader could undo. */
  show(elements: readonly BoardElement[]): void;
}

/** Why something that was drawn is not there any more. */
export type BoardRefusal = "kind" | "large" | "full";

export class BoardBinding {
  #canEdit: boolean;
  /** Of each element the account that scene and document agree on. */
  readonly #agreed = new Map<string, { version: number; versionNonce: number }>();
  /** Bytes of each in the document that is not deleted. */
  readonly #sizes = new Map<string, number>();
  /** Their sum. */
  #bytes = 0;
  /** What we drew. */
  readonly #mine = new Set<string>();
  /** To be written. */
  readonly #due = new Set<string>();
  /** Changed by others while it was in our hands. */
  readonly #later = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #nextAt = 0;

  constructor(
    private readonly map: Y.Map<unknown>,
    private readonly scene: Scene,
    canEdit: boolean,
    private readonly refused: (why: BoardRefusal) => void,
  ) {
    this.#canEdit = canEdit;
    map.observe(this.#observer);
    this.#take(map.keys());
  }

  /** Writes what is due first. */
  dispose(): void {
    this.flush();
    this.map.unobserve(this.#observer);
  }

  /** Without the right, what is not written yet is given up: the others never saw it. */
  setCanEdit(canEdit: boolean): void {
    if (canEdit === this.#canEdit) return;
    this.#canEdit = canEdit;
    if (canEdit) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due.clear();
    this.#later.clear();
    this.scene.show([]);
    this.#take(this.map.keys());
  }

  /** The scene has changed, or may have. */
  readonly changed = (): void => {
    if (!this.#canEdit) return;
    const elements = this.scene.elements();
    let foreign = false;
    for (const element of elements) {
      if (same(this.#agreed.get(element.id), element)) continue;
      if (!this.#agreed.has(element.id) && (element.isDeleted || isNothingYet(element))) continue;
      this.#due.add(element.id);
      foreign ||= !isDrawable(element.type);
    }
    const there = new Set(elements.map(({ id }) => id));
    for (const id of this.#mine) if (!there.has(id)) this.#due.add(id);
    const held = this.scene.held();
    const letGo = [...this.#later].filter((id) => !held.has(id));
    if (letGo.length > 0) this.#take(letGo);
    if (foreign) this.flush();
    else if (this.#due.size > 0) this.#timer ??= setTimeout(() => this.flush(), Math.max(0, this.#nextAt - performance.now()));
  };

  /** Writes what is due. */
  readonly flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#due.size === 0) return;
    const shown = new Map(this.scene.elements().map((element) => [element.id, element]));
    const due = [...this.#due];
    this.#due.clear();
    /** What is shown must be another: null for nothing. */
    const corrected = new Map<string, BoardElement | null>();
    const accounts = due.flatMap((id) => this.#accountOf(id, shown.get(id), corrected) ?? []);
    let bytes = 0;
    for (const message of messages(accounts)) {
      bytes += message.bytes;
      this.map.doc?.transact(() => {
        for (const account of message.accounts) {
          this.map.set(account.id, account);
          this.#agree(account);
        }
      }, this);
    }
    this.#nextAt = performance.now() + Math.max(INTERVAL_MS, bytes / BYTES_PER_MS);
    if (corrected.size === 0) return;
    for (const [id, element] of corrected) {
      if (element) shown.set(id, element);
      else shown.delete(id);
    }
    this.scene.show(inOrder(shown.values()));
  };

  /** What is to be written of an element; nothing, if it is none that may be. */
  #accountOf(id: string, shown: BoardElement | undefined, corrected: Map<string, BoardElement | null>): BoardElement | Tombstone | null {
    const agreed = this.#agreed.get(id);
    if (!shown || shown.isDeleted) {
      if (!agreed || !this.map.has(id)) return null;
      this.#mine.delete(id);
      this.#weigh(id, 0);
      const { version, versionNonce } = shown ?? { version: agreed.version + 1, versionNonce: agreed.versionNonce };
      return { id, version, versionNonce, isDeleted: true };
    }
    const element = soundElement(shown);
    const bytes = element ? JSON.stringify(element).length : 0;
    const why = this.#refusal(shown, element, bytes);
    if (why) {
      this.refused(why);
      // Back to what everybody has; and what nobody has is nowhere.
      const theirs = soundElement(this.map.get(id));
      corrected.set(id, theirs);
      if (theirs) this.#agree(theirs);
      return null;
    }
    if (shown.link !== null || shown.customData !== undefined) corrected.set(id, soundElement(element));
    if (!agreed) this.#mine.add(id);
    this.#weigh(id, bytes);
    return element;
  }

  #refusal(shown: BoardElement, element: BoardElement | null, bytes: number): BoardRefusal | null {
    if (!isDrawable(shown.type)) return "kind";
    if (!element || bytes > ELEMENT_BYTES) return "large";
    const before = this.#sizes.get(shown.id) ?? 0;
    const full = this.#bytes - before + bytes > BOARD_BYTES || (before === 0 && this.#sizes.size >= MOST_ELEMENTS);
    return full && bytes > before ? "full" : null;
  }

  readonly #observer = (event: Y.YMapEvent<unknown>, transaction: Y.Transaction): void => {
    if (transaction.origin !== this) this.#take(event.keysChanged);
  };

  /** Shows what the document has of these elements. */
  #take(ids: Iterable<string>): void {
    const shown = new Map(this.scene.elements().map((element) => [element.id, element]));
    const held = this.#canEdit ? this.scene.held() : new Set<string>();
    for (const id of ids) {
      this.#later.delete(id);
      if (held.has(id)) this.#later.add(id);
      else this.#takeOne(id, shown);
    }
    this.scene.show(inOrder(shown.values()));
    if (this.#due.size > 0) this.#timer ??= setTimeout(() => this.flush(), INTERVAL_MS);
  }

  #takeOne(id: string, shown: Map<string, BoardElement>): void {
    const value = this.map.get(id);
    const ours = shown.get(id);
    const theirs = tombstone(value) ?? soundElement(value);
    if (theirs?.id !== id) {
      // Nothing of ours takes an element out of the map, and nothing of ours writes what is none.
      shown.delete(id);
      this.#agreed.delete(id);
      this.#weigh(id, 0);
      this.#mine.delete(id);
      return;
    }
    if (!this.#sizes.has(id) && this.#sizes.size >= MOST_SHOWN) return;
    this.#weigh(id, isElement(theirs) ? JSON.stringify(theirs).length : 0);
    if (this.#canEdit && ours && beats(ours, theirs)) {
      this.#due.add(id);
      return;
    }
    this.#agree(theirs);
    if (same(ours, theirs)) return;
    if (isElement(theirs)) shown.set(id, theirs);
    else if (ours) shown.set(id, { ...ours, ...theirs });
  }

  /** A copy: Excalidraw changes its elements in place. */
  #agree({ id, version, versionNonce }: BoardElement | Tombstone): void {
    this.#agreed.set(id, { version, versionNonce });
  }

  #weigh(id: string, bytes: number): void {
    this.#bytes += bytes - (this.#sizes.get(id) ?? 0);
    if (bytes === 0) this.#sizes.delete(id);
    else this.#sizes.set(id, bytes);
  }
}

const isElement = (value: BoardElement | Tombstone): value is BoardElement => "type" in value;

/** Parted so that each is taken by the server. */
function messages(accounts: readonly (BoardElement | Tombstone)[]): { bytes: number; accounts: (BoardElement | Tombstone)[] }[] {
  const parted: ReturnType<typeof messages> = [];
  for (const account of accounts) {
    const bytes = JSON.stringify(account).length;
    const last = parted.at(-1);
    if (last && last.bytes + bytes <= MESSAGE_BYTES) {
      last.bytes += bytes;
      last.accounts.push(account);
    } else {
      parted.push({ bytes, accounts: [account] });
    }
  }
  return parted;
}

/** What Excalidraw throws away when the pointer is let go: a click that drew nothing. */
function isNothingYet({ type, points, width, height, text }: BoardElement): boolean {
  if (type === "text") return text === "";
  return Array.isArray(points) ? points.length < 2 : width === 0 && height === 0;
}
