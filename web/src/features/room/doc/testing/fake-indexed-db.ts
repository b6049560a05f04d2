/** IndexedDB as far as the outbox uses it, with nothing in it; knows how many connections are open. */
import { vi } from "vitest";

interface Request {
  result: unknown;
  onsuccess: (() => void) | null;
}

function answered(result: unknown): Request {
  const request: Request = { result, onsuccess: null };
  queueMicrotask(() => request.onsuccess?.());
  return request;
}

export class FakeIndexedDb {
  opened = 0;
  closed = 0;
  /** Writing transactions, each with what was added in it. */
  readonly written: unknown[][] = [];

  static install(): FakeIndexedDb {
    const fake = new FakeIndexedDb();
    vi.stubGlobal("indexedDB", { open: () => fake.#open() });
    return fake;
  }

  #open(): Request {
    this.opened += 1;
    let closed = false;
    return answered({
      transaction: (_: string, mode?: string) => {
        if (closed) throw new DOMException("closed", "InvalidStateError");
        return this.#transaction(mode);
      },
      close: () => {
        closed = true;
        this.closed += 1;
      },
    });
  }

  #transaction(mode: string | undefined): unknown {
    const added: unknown[] = [];
    if (mode === "readwrite") this.written.push(added);
    const transaction = {
      oncomplete: null as (() => void) | null,
      objectStore: () => ({
        index: () => ({ getAll: () => answered([]) }),
        add: (entry: unknown) => answered(added.push(entry)),
        delete: () => answered(undefined),
      }),
    };
    setTimeout(() => transaction.oncomplete?.(), 0);
    return transaction;
  }
}
