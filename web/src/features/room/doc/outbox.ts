/**
 * One's own changes that the server has not stored yet, kept in this browser's IndexedDB: a reload or a crash while the
 * server is down loses nothing. Only they are here, and only until they are stored; the rest of the document is in the
 * copy (local-copy.ts), which can be switched off on a borrowed computer.
 */
import * as Y from "yjs";

const DATABASE = "interview-platform";
const STORE = "unsaved-changes";

interface Entry {
  id?: number;
  room: string;
  update: Uint8Array;
}

/** What `DocProvider` needs of it. */
export interface Outbox {
  /** Whether this browser lets us keep anything. */
  readonly works: boolean;
  /** Whether everything given to `keep` is on disk. */
  readonly written: boolean;
  keep(update: Uint8Array): void;
  /** Write now what `keep` still holds back. */
  flush(): void;
  /** All is stored on the server: forget. */
  empty(): void;
  /** What an earlier page of this person left behind. It is forgotten by `empty`. */
  left(): Promise<Uint8Array[]>;
}

/** The server answers sooner than this, as a rule: then nothing has to be written. */
const PATIENCE_MS = 200;

export class StoredOutbox implements Outbox {
  works = true;
  /** Open from the first use until `close`. */
  #database: Promise<IDBDatabase | null> | null = null;
  #fresh: Uint8Array[] = [];
  #unsaved: Uint8Array | null = null;
  /** What is on disk; entries that `empty` and the next write take out. */
  readonly #ids = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | null = null;
  #again = false;

  /** `room`: names session and person. `onChange`: `works` has changed. */
  constructor(
    private readonly room: string,
    private readonly onChange: () => void = () => undefined,
  ) {}

  get written(): boolean {
    return this.works && this.#fresh.length === 0 && this.#writing === null;
  }

  keep(update: Uint8Array): void {
    this.#fresh.push(update);
    this.#timer ??= setTimeout(() => this.flush(), PATIENCE_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#fresh.length > 0) this.#write();
  }

  empty(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#fresh = [];
    this.#unsaved = null;
    if (this.#ids.size > 0 || this.#writing) this.#write();
  }

  async left(): Promise<Uint8Array[]> {
    const database = await this.#open();
    if (!database) return [];
    try {
      const index = database.transaction(STORE).objectStore(STORE).index("room");
      const entries = await done(index.getAll(this.room) as IDBRequest<Entry[]>);
      for (const { id } of entries) if (id !== undefined) this.#ids.add(id);
      return entries.map(({ update }) => update);
    } catch {
      return [];
    }
  }

  /** Lets go of the database once all is written that was asked for. */
  async close(): Promise<void> {
    this.flush();
    while (this.#writing) await this.#writing;
    const database = this.#database;
    this.#database = null;
    (await database)?.close();
  }

  #open(): Promise<IDBDatabase | null> {
    return (this.#database ??= open());
  }

  /** One write at a time, always of the newest state: fast typing does not queue up. */
  #write(): void {
    if (this.#writing) {
      this.#again = true;
      return;
    }
    this.#writing = this.#replace()
      .catch(() => false)
      .then((works) => {
        this.#writing = null;
        if (works !== this.works) {
          this.works = works;
          this.onChange();
        }
        if (!this.#again) return;
        this.#again = false;
        this.#write();
      });
  }

  async #replace(): Promise<boolean> {
    if (this.#fresh.length > 0) {
      this.#unsaved = Y.mergeUpdates(this.#unsaved ? [this.#unsaved, ...this.#fresh] : this.#fresh);
      this.#fresh = [];
    }
    const update = this.#unsaved;
    const before = [...this.#ids];
    const database = await this.#open();
    if (!database) return false;
    const transaction = database.transaction(STORE, "readwrite");
    const store = transaction.objectStore(STORE);
    const added = update && done(store.add({ room: this.room, update } satisfies Entry));
    for (const id of before) store.delete(id);
    await finished(transaction);
    for (const id of before) this.#ids.delete(id);
    if (added) this.#ids.add((await added) as number);
    return true;
  }
}

/** Throws away what a session that is over left behind here. */
export async function forget(room: string): Promise<void> {
  const outbox = new StoredOutbox(room);
  if ((await outbox.left()).length > 0) outbox.empty();
  await outbox.close();
}

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(DATABASE, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(STORE, { keyPath: "id", autoIncrement: true }).createIndex("room", "room");
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = request.onblocked = () => resolve(null);
    } catch {
      resolve(null); // no IndexedDB at all
    }
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB failed"));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB failed"));
  });
}
