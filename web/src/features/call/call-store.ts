/**
 * The call of one room for React: its engine, one's own devices, who talks, and whether the browser lets us be heard.
 *
 * It lives above the layout, so that moving a panel or changing a tab interrupts nothing.
 */

import type { Room, ServerEvent } from "@/features/room/events/room-context";

import { rememberDevice, rememberedDevice } from "./devices";
import type { CallEngine, CallState } from "./engine";
import { type Meter, meterOf, SILENT } from "./level";
import { LocalMedia, type LocalState } from "./local-media";
import { type MediaChoice, NO_MEDIA } from "./media-choice";
import { keepStanding, keptStanding, type Standing } from "./resume";
import { Talkers } from "./talkers";

/** Key of one's own tile; people's ids never look like this. */
export const OWN = "(me)";

export interface CallSnapshot {
  call: CallState;
  local: LocalState;
  /** Keys of the tiles whose person talks. */
  talking: ReadonlySet<string>;
  /** The browser plays no sound before the person does something on the page. */
  soundBlocked: boolean;
  /** Chosen speaker; null: the system's. */
  speaker: string | null;
}

type RoomOfCall = Pick<Room, "me" | "peers" | "subscribe">;

export class CallStore {
  snapshot: CallSnapshot;
  readonly call: CallEngine;
  readonly local: LocalMedia;
  private readonly talkers: Talkers;
  private readonly watchers = new Set<() => void>();
  private readonly sounds = new Set<HTMLAudioElement>();
  private meter: Meter = SILENT;
  private metered: MediaStreamTrack | null = null;
  private soundBlocked = false;
  private speaker = rememberedDevice("speaker");
  private unsubscribe: (() => void) | null = null;
  private phase: CallState["phase"] = "out";

  constructor(
    engine: (onChange: () => void) => CallEngine,
    private readonly sessionId: string,
  ) {
    this.call = engine(() => this.callChanged());
    this.local = new LocalMedia(() => this.localChanged());
    this.talkers = new Talkers(
      () => [{ key: OWN, loudness: () => (this.local.state.audio ? this.meter.read() : 0) }, ...this.call.state.tiles],
      () => this.publish(),
    );
    this.snapshot = this.take();
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Enter the call with what the lobby hands over; without, as one was in it before the page was loaded anew. */
  start(room: RoomOfCall, choice: MediaChoice | null): void {
    this.unsubscribe = room.subscribe((event) => this.hear(event));
    window.addEventListener("online", this.backOnline);
    window.addEventListener("pagehide", this.goAway);
    this.call.begin(room);
    const before = choice ? null : keptStanding(this.sessionId);
    if (before?.left) return;
    this.local.begin(choice ?? NO_MEDIA);
    void this.call.join();
    if (before) void this.open(before);
  }

  /** The room is left: hang up and give every device back. */
  stop(): void {
    this.unsubscribe?.();
    window.removeEventListener("online", this.backOnline);
    window.removeEventListener("pagehide", this.goAway);
    this.call.close();
    this.endMedia();
  }

  /** Out of the call, still in the room. */
  hangUp(): void {
    const { audio, video } = this.local.state;
    if (this.phase === "in" || this.phase === "joining") keepStanding(this.sessionId, { audio, video, left: true });
    this.call.leave();
    this.endMedia();
  }

  /** Back in, with the microphone and the camera as they were. */
  async rejoin(): Promise<void> {
    const before = keptStanding(this.sessionId);
    this.local.begin(NO_MEDIA);
    await this.call.join();
    if (before) await this.open(before);
  }

  chooseSpeaker(id: string): void {
    rememberDevice("speaker", id);
    this.speaker = id;
    for (const sound of this.sounds) this.route(sound);
    this.publish();
  }

  /** Let an element play voices. Returns the way to stop. */
  addSound(sound: HTMLAudioElement): () => void {
    this.sounds.add(sound);
    this.route(sound);
    void this.play(sound);
    return () => {
      this.sounds.delete(sound);
      sound.srcObject = null;
    };
  }

  /** After a click: browsers that wait for one let sound out now. */
  async unblockSound(): Promise<void> {
    this.soundBlocked = false;
    await Promise.all([...this.sounds].map((sound) => this.play(sound)));
    this.publish();
  }

  private async open({ audio, video }: Standing): Promise<void> {
    await Promise.all([audio && this.local.setAudio(true), video && this.local.setVideo(true)]);
  }

  private async play(sound: HTMLAudioElement): Promise<void> {
    try {
      await sound.play();
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "NotAllowedError")) return; // it was taken away meanwhile
      this.soundBlocked = true;
      this.publish();
    }
  }

  private route(sound: HTMLAudioElement): void {
    if (this.speaker === null || !("setSinkId" in sound)) return;
    sound.setSinkId(this.speaker).catch(() => undefined); // unplugged since: the system's speaker goes on
  }

  private hear(event: ServerEvent): void {
    this.call.hear(event);
    if (event.type === "session.ended") this.hangUp();
  }

  private readonly backOnline = (): void => this.call.retry();
  /** Closing at once tells the others now instead of after a timeout. */
  private readonly goAway = (): void => this.call.leave();

  private callChanged(): void {
    const { phase } = this.call.state;
    const before = this.phase;
    this.phase = phase;
    if (phase === "in") {
      this.remember();
      this.talkers.start();
      this.local.fit(this.call.rung);
    } else if (before !== phase && (phase === "out" || phase === "full" || phase === "stuck")) {
      this.endMedia();
    }
    this.publish();
  }

  private localChanged(): void {
    const { tracks, audio, video, screen } = this.local.state;
    if (tracks.microphone !== this.metered) {
      this.meter.stop();
      this.metered = tracks.microphone;
      this.meter = tracks.microphone ? meterOf(tracks.microphone) : SILENT;
    }
    this.call.setLocal(tracks, { audio, video, screen });
    this.remember();
    this.publish();
  }

  private remember(): void {
    const { audio, video, busy } = this.local.state;
    // What is being opened is wanted, though it is not on yet.
    if (this.phase === "in") keepStanding(this.sessionId, { audio: audio || busy.microphone, video: video || busy.camera, left: false });
  }

  private endMedia(): void {
    this.talkers.stop();
    this.local.stop();
  }

  private take(): CallSnapshot {
    const { call, local, talkers, soundBlocked, speaker } = this;
    return { call: call.state, local: local.state, talking: talkers.current, soundBlocked, speaker };
  }

  private publish(): void {
    this.snapshot = this.take();
    for (const watcher of this.watchers) watcher();
  }
}
