/** A WebSocket whose other end the test holds. `FakeSocket.install()` puts it in the place of the browser's. */
import { vi } from "vitest";

export class FakeSocket {
  static all: FakeSocket[] = [];

  static install(): void {
    FakeSocket.all = [];
    vi.stubGlobal("WebSocket", FakeSocket);
  }

  /** The newest one. */
  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error("nothing was connected");
    return socket;
  }

  readonly sent: (Uint8Array | string)[] = [];
  closed = false;
  binaryType = "blob";
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  /** Told of every frame the page sends. */
  onsent: (data: Uint8Array | string) => void = () => undefined;

  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }

  send(data: Uint8Array | string): void {
    this.sent.push(data);
    this.onsent(data);
  }

  /** By the page. */
  close(): void {
    this.closed = true;
  }

  /** By the server, from here on. */
  accept(): void {
    this.onopen?.();
  }

  say(data: Uint8Array | string): void {
    this.onmessage?.({ data: typeof data === "string" ? data : data.slice().buffer });
  }

  end(code: number): void {
    this.onclose?.({ code });
  }
}
