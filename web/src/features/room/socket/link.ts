/**
 * A WebSocket that comes back by itself: jittered back-off, close codes, silence noticed. The document and the
 * events of a room each have one. What is said over it is the owner's business.
 */
import { reactionTo } from "./close-codes";
import type { Refusal } from "./refusal";

export type LinkState =
  | { kind: "connecting" }
  | { kind: "open" }
  /** Not connected; the next try is on its way. */
  | { kind: "waiting" }
  | { kind: "refused"; refusal: Refusal };

export interface LinkOptions {
  /** Asked for each try: it may carry a ticket that works once. */
  address: () => string | Promise<string>;
  onOpen: () => void;
  onMessage: (data: ArrayBuffer | string) => void;
  onState: (state: LinkState) => void;
  /** Sends something the server answers at once, so that a dead connection shows. */
  probe: () => void;
  /** Why the server refused the handshake, which a browser does not tell; null: nothing against trying again. */
  diagnose: () => Promise<Refusal | null>;
}

const FIRST_DELAY_MS = 400;
const LONGEST_DELAY_MS = 10_000; // an interview waits for nobody longer than this once the server is back
const SLOW_DELAY_MS = 4_000; // told off for going too fast (4429)
const HANDSHAKE_MS = 10_000;
const STEADY_MS = 5_000; // a connection that lived shorter does not reset the back-off
const QUIET_MS = 15_000; // after this much silence we ask
const ANSWER_MS = 8_000; // and give the server this long to answer
const QUICK_ANSWER_MS = 4_000; // when the browser says that the network changed
const TICK_MS = 1_000;

export class Link {
  #socket: WebSocket | null = null;
  #state: LinkState = { kind: "connecting" };
  #attempt = 0;
  #openedAt = 0;
  #heardAt = 0;
  #deadline: number | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #ticker: ReturnType<typeof setInterval> | undefined;
  #opened = false;
  #stopped = false;
  #wasIn = false;
  /** Counts the tries: an address that comes late belongs to one that is over. */
  #try = 0;

  constructor(private readonly options: LinkOptions) {}

  start(): void {
    this.#stopped = false;
    addEventListener("online", this.#networkChanged);
    addEventListener("offline", this.#networkChanged);
    document.addEventListener("visibilitychange", this.#networkChanged);
    this.#ticker = setInterval(this.#tick, TICK_MS);
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#cleanUp();
    this.#drop(1000);
  }

  get open(): boolean {
    return this.#state.kind === "open";
  }

  /** Goes nowhere when the connection is not open: the owner resends what matters after `onOpen`. */
  send(data: Uint8Array<ArrayBuffer> | string): void {
    if (this.open) this.#socket?.send(data);
  }

  /** Ends the link from this side with a reason that the owner found in what the server said. */
  refuse(refusal: Refusal): void {
    this.#drop(1000);
    this.#cleanUp();
    this.#setState({ kind: "refused", refusal });
  }

  #connect(): void {
    this.#drop(1000);
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#opened = false;
    this.#setState({ kind: "connecting" });
    this.#deadline = Date.now() + HANDSHAKE_MS;
    const address = this.options.address();
    if (typeof address === "string") this.#dial(address);
    else void this.#dialOnce(address, this.#try);
  }

  async #dialOnce(address: Promise<string>, attempt: number): Promise<void> {
    const found = await address.catch(() => null);
    if (attempt !== this.#try || this.#stopped) return;
    if (found === null) await this.#closed(1006);
    else this.#dial(found);
  }

  #dial(address: string): void {
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.onopen = () => {
      this.#opened = this.#wasIn = true;
      this.#openedAt = this.#heardAt = Date.now();
      this.#deadline = null;
      this.#setState({ kind: "open" });
      this.options.onOpen();
    };
    socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
      this.#heardAt = Date.now();
      this.#deadline = null;
      this.options.onMessage(event.data);
    };
    socket.onclose = (event) => void this.#closed(event.code);
  }

  async #closed(code: number): Promise<void> {
    this.#detach();
    let reaction = reactionTo(code, this.#opened);
    if (reaction.kind === "ask") {
      this.#setState({ kind: "waiting" });
      const refusal = await this.options.diagnose().catch(() => null);
      if (this.#stopped || this.#state.kind === "refused") return;
      reaction = refusal ? { kind: "refuse", refusal: refusal.code } : { kind: "reconnect", pace: "usual" };
    }
    if (reaction.kind === "refuse") {
      const removed = reaction.refusal === "forbidden" && this.#wasIn;
      this.refuse({ code: removed ? "removed" : reaction.refusal });
    } else {
      this.#reconnect(reaction.pace);
    }
  }

  #reconnect(pace: "soon" | "usual" | "slow"): void {
    if (this.#opened && Date.now() - this.#openedAt > STEADY_MS) this.#attempt = 0;
    const usual = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** this.#attempt);
    const delay = pace === "slow" ? Math.max(SLOW_DELAY_MS, usual) : pace === "soon" ? FIRST_DELAY_MS : usual;
    this.#attempt += 1;
    this.#setState({ kind: "waiting" });
    clearTimeout(this.#retry);
    // Half fixed, half random: a room full of browsers does not come back in one instant.
    this.#retry = setTimeout(() => this.#connect(), delay * (0.5 + Math.random() / 2));
  }

  readonly #tick = (): void => {
    const now = Date.now();
    if (this.#deadline !== null && now > this.#deadline) {
      // Closing a half-open socket takes the browser up to a minute: don't wait for its close event.
      this.#drop(4000);
      this.#reconnect("usual");
    } else if (this.open && this.#deadline === null && now - this.#heardAt > QUIET_MS) {
      this.#ask(ANSWER_MS);
    }
  };

  readonly #networkChanged = (): void => {
    if (document.visibilityState === "hidden") return;
    if (this.open) this.#ask(QUICK_ANSWER_MS);
    else if (this.#state.kind === "waiting" && this.#retry !== undefined) {
      clearTimeout(this.#retry);
      this.#connect();
    }
  };

  #ask(patience: number): void {
    if (this.#deadline !== null) return;
    this.#deadline = Date.now() + patience;
    this.options.probe();
  }

  #drop(code: number): void {
    const socket = this.#socket;
    this.#detach();
    socket?.close(code);
  }

  #detach(): void {
    this.#try += 1;
    if (this.#socket) this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket = null;
    this.#deadline = null;
  }

  #cleanUp(): void {
    clearTimeout(this.#retry);
    clearInterval(this.#ticker);
    removeEventListener("online", this.#networkChanged);
    removeEventListener("offline", this.#networkChanged);
    document.removeEventListener("visibilitychange", this.#networkChanged);
  }

  #setState(state: LinkState): void {
    if (this.#state.kind === state.kind && state.kind !== "refused") return;
    this.#state = state;
    this.options.onState(state);
  }
}
