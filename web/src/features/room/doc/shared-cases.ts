/** The room's own test cases, in its document: `Y.Array "cases"` of maps with id, author, pad, fields and expected. */
import * as Y from "yjs";

import type { DraftCase, Texts } from "@/features/execution/cases/model";
import { difference } from "@/lib/text-edits";

export interface SharedCase extends DraftCase {
  /** Id of the pad it is a case of; empty is the first one. */
  pad: string;
}

/** Of what stands in the document, whatever is not as it should be is passed over: it may be anybody's program's. */
export class SharedCases {
  /** Authors are ids. */
  view: readonly SharedCase[] = [];
  readonly #list: Y.Array<unknown>;
  readonly #watchers = new Set<() => void>();
  #made = 0;

  constructor(
    private readonly doc: Y.Doc,
    /** Id of the reader: names are looked up when they are shown, so that one that is erased stands nowhere. */
    private readonly author: string,
  ) {
    this.#list = doc.getArray("cases");
    this.#list.observeDeep(() => this.#look());
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  add(texts: Texts, expected: string, pad = ""): string {
    // Yjs gives every page its own client id, so no two people make the same.
    const id = `${this.doc.clientID}-${++this.#made}`;
    const fields = new Y.Map<Y.Text>(Object.entries(texts).map(([name, text]) => [name, new Y.Text(text)]));
    this.#list.push([
      new Y.Map<unknown>([
        ["id", id],
        ["author", this.author],
        ["pad", pad],
        ["fields", fields],
        ["expected", new Y.Text(expected)],
      ]),
    ]);
    return id;
  }

  /** Only what has changed of a text is written, so that two people may write in one field. */
  write(id: string, field: string | null, text: string): void {
    const found = this.#maps().find((one) => one.get("id") === id);
    const holder: unknown = field === null ? found : found?.get("fields");
    if (!(holder instanceof Y.Map)) return;
    const key = field ?? "expected";
    const shared: unknown = holder.get(key);
    if (!(shared instanceof Y.Text)) {
      holder.set(key, new Y.Text(text));
      return;
    }
    const edit = difference(shared.toJSON(), text);
    if (!edit) return;
    this.doc.transact(() => {
      shared.delete(edit.from, edit.to - edit.from);
      shared.insert(edit.from, edit.text);
    });
  }

  remove(id: string): void {
    const place = this.#list.toArray().findIndex((one) => one instanceof Y.Map && one.get("id") === id);
    if (place !== -1) this.#list.delete(place);
  }

  #maps(): Y.Map<unknown>[] {
    return this.#list.toArray().filter((one): one is Y.Map<unknown> => one instanceof Y.Map);
  }

  #look(): void {
    this.view = this.#maps().flatMap((one) => {
      const [id, author, fields] = [one.get("id"), one.get("author"), one.get("fields")];
      if (typeof id !== "string" || !(fields instanceof Y.Map)) return [];
      const texts = Object.fromEntries([...fields].map(([name, text]) => [name, plain(text)]));
      return [{ id, author: plain(author), pad: plain(one.get("pad")), texts, expected: plain(one.get("expected")) }];
    });
    for (const watcher of [...this.#watchers]) watcher();
  }
}

const plain = (text: unknown): string => (text instanceof Y.Text ? text.toJSON() : typeof text === "string" ? text : "");
