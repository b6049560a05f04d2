/**
 * What this browser keeps of the rooms its people are in, so that a page opened without a network has something to show
 * and to write in. Kept until the session ends, somebody signs out or is removed, and for seven days at the most; not at
 * all when the person said that this is not their computer. A database of its own: what is not stored on the server yet
 * is in another one (the room's outbox), and stays until it is.
 */
import { isBoolean, recall, remember } from "./storage";

export interface KeptRoom {
  session: string;
  person: string;
  /** When it was written, in ms. */
  at: number;
  /** The document: one Yjs update. */
  state: Uint8Array;
  /** The room around it, as whoever keeps it wants it back. */
  room: unknown;
}

const DATABASE = "interview-platform-rooms";
const STORE = "rooms";
/** An interview that is interrupted for longer is begun anew. */
const LONGEST_MS = 7 * 24 * 3_600_000;
const WANTED = "keep-rooms";
/** So that pages of people who never were in a room need not look. */
const SOMETHING = "rooms-kept";

const watchers = new Set<() => void>();

/** Whether the person wants it; they do unless they said otherwise. */
export const keepsRooms = (): boolean => recall(WANTED, isBoolean) ?? true;

export function setKeepsRooms(wanted: boolean): void {
  remember(WANTED, wanted);
  if (!wanted) void forgetRooms();
  for (const watcher of watchers) watcher();
}

export function watchKeepsRooms(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Whether it could be kept. */
export async function keepRoom(room: KeptRoom): Promise<boolean> {
  if (!keepsRooms()) return false;
  remember(SOMETHING, true);
  return (await inStore("readwrite", (store) => store.put(room))) !== null;
}

/** The one of this session that was kept last, whoever's it is. */
export async function keptRoom(session: string): Promise<KeptRoom | null> {
  const rooms = ((await inStore("readonly", (store) => store.getAll())) ?? []) as KeptRoom[];
  const now = Date.now();
  const mine = rooms.filter((room) => room.session === session && now - room.at < LONGEST_MS);
  return mine.sort((a, b) => b.at - a.at)[0] ?? null;
}

/** Without a `person`: everybody's of that session. */
export async function forgetRoom(session: string, person?: string): Promise<void> {
  if (!recall(SOMETHING, isBoolean)) return;
  const keys = person === undefined ? IDBKeyRange.bound([session], [session, []]) : [session, person];
  await inStore("readwrite", (store) => store.delete(keys));
}

/** All of them: who signs out leaves nothing behind. */
export async function forgetRooms(): Promise<void> {
  if (recall(SOMETHING, isBoolean)) await inStore("readwrite", (store) => store.clear());
}

/** Those that are too old. */
export async function forgetOldRooms(): Promise<void> {
  if (!recall(SOMETHING, isBoolean)) return;
  const before = Date.now() - LONGEST_MS;
  await inStore("readwrite", (store) => store.index("at").openCursor(IDBKeyRange.upperBound(before)), (cursor) => {
    cursor?.delete();
    cursor?.continue();
  });
}

/**
 * One transaction; the result of what `work` asked for, null when this browser lets us keep nothing. `each` is called
 * with every result of it.
 */
async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
  each?: (result: T) => void,
): Promise<T | null> {
  let database: IDBDatabase | null = null;
  try {
    database = await opened();
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    if (each) request.onsuccess = () => each(request.result);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB failed"));
    });
    return request.result;
  } catch {
    return null;
  } finally {
    database?.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: ["session", "person"] }).createIndex("at", "at");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error ?? new Error("IndexedDB failed"));
  });
}
