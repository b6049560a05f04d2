/** The events socket of one room: keeps `snapshot` true, tells listeners every event, sends frames. */
import { socketAddress } from "../socket/address";
import { diagnose } from "../socket/diagnose";
import { Link, type LinkState } from "../socket/link";
import { EMPTY_ROOM, reduce, type RoomSnapshot } from "./reducer";
import type { ClientFrame, ServerEvent } from "./types";

const TYPING_FORGOTTEN_MS = 6_000; // as chat/views.py says

export type RoomListener = (event: ServerEvent) => void;

export class RoomClient {
  snapshot: RoomSnapshot;
  #link: Link | null = null;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<RoomListener>();
  readonly #typing = new Map<string, ReturnType<typeof setTimeout>>();
  /** How far the server's clock is ahead of ours, by the newest word of it. */
  #ahead = 0;

  /** `kept`: the room to show until the server says how it is. */
  constructor(
    private readonly sessionId: string,
    kept: RoomSnapshot | null = null,
  ) {
    this.snapshot = kept ?? EMPTY_ROOM;
  }

  start(): void {
    this.#link = new Link({
      address: () => socketAddress(`/api/sessions/${encodeURIComponent(this.sessionId)}/events`),
      onOpen: () => undefined, // live only after the hello
      onMessage: (data) => this.#receive(data),
      onState: (state) => this.#linked(state),
      probe: () => this.send({ type: "ping" }),
      diagnose: () => diagnose(this.sessionId, this.snapshot.me?.id ?? null),
    });
    this.#link.start();
  }

  stop(): void {
    this.#link?.stop();
    this.#link = null;
    for (const timer of this.#typing.values()) clearTimeout(timer);
    this.#typing.clear();
  }

  /** The server's clock, in ms: times that others see must not depend on what this computer believes. */
  readonly now = (): number => Date.now() + this.#ahead;

  /** Lost when the connection is down: every `hello` starts afresh, so resend then what must hold. */
  readonly send = (frame: ClientFrame): void => {
    this.#link?.send(JSON.stringify(frame));
  };

  /** Every event, after it was applied. Returns the way to stop. */
  readonly subscribe = (listener: RoomListener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** For `useSyncExternalStore`: told that `snapshot` changed. */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  #receive(data: ArrayBuffer | string): void {
    const text = typeof data === "string" ? data : new TextDecoder().decode(data);
    const event = JSON.parse(text) as ServerEvent;
    if ("serverTime" in event) this.#ahead = Date.parse(event.serverTime) - Date.now();
    this.#set(reduce(this.snapshot, event));
    if (event.type === "chat.typing") this.#forgetTyping(event.personId, event.typing);
    for (const listener of [...this.#listeners]) listener(event);
  }

  #linked(state: LinkState): void {
    if (this.snapshot.status === "ended") return;
    if (state.kind === "refused") {
      const ended = state.refusal.code === "ended";
      this.#set({ ...this.snapshot, status: ended ? "ended" : "refused", refusal: state.refusal, peers: [] });
    } else if (state.kind === "waiting") {
      this.#set({ ...this.snapshot, status: "offline", typing: [] });
    }
  }

  #forgetTyping(person: string, typing: boolean): void {
    clearTimeout(this.#typing.get(person));
    this.#typing.delete(person);
    if (!typing) return;
    const forget = () => this.#set(reduce(this.snapshot, { type: "chat.typing", personId: person, typing: false }));
    this.#typing.set(person, setTimeout(forget, TYPING_FORGOTTEN_MS));
  }

  #set(snapshot: RoomSnapshot): void {
    if (snapshot === this.snapshot) return;
    this.snapshot = snapshot;
    for (const watcher of [...this.#watchers]) watcher();
  }
}
