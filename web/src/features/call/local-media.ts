/**
 * One's own microphone, camera and screen while in a call: what is on, what is being sent, and what went wrong.
 *
 * Muting keeps the microphone and silences it, so that speaking again is instant. Switching the camera off gives the
 * camera back: its light goes out.
 */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import { explain, type InputKind, mediaDevices, openInput, rememberDevice } from "./devices";
import type { Rung } from "./ladder";
import { type Line, LINES, NO_TRACKS, type Tracks } from "./lines";
import type { MediaChoice } from "./media-choice";
import type { Media } from "./wire";

export interface LocalState extends Media {
  tracks: Tracks;
  /** Something the person should know about a device of theirs. */
  notices: Partial<Record<Line, MessageDescriptor>>;
  /** Devices that are being opened. */
  busy: Record<Line, boolean>;
}

const NOTHING: LocalState = {
  audio: false,
  video: false,
  screen: false,
  tracks: NO_TRACKS,
  notices: {},
  busy: { microphone: false, camera: false, screen: false },
};

const LOST: Record<InputKind, MessageDescriptor> = {
  microphone: msg`Your microphone was disconnected. Nobody hears you until you choose another one.`,
  camera: msg`Your camera was disconnected.`,
};

export class LocalMedia {
  state: LocalState = NOTHING;
  private rung: Rung | null = null;
  /** The microphone went away while it was on: another one takes its place as it was. */
  private silenced = false;
  private stopped = false;

  constructor(private readonly onChange: () => void) {}

  /** Begin with what the lobby hands over. The tracks are ours from here. */
  begin(choice: MediaChoice): void {
    this.stopped = false;
    this.silenced = false;
    if (choice.microphone) choice.microphone.enabled = choice.audio;
    const camera = choice.video ? choice.camera : null;
    if (choice.camera && !camera) choice.camera.stop();
    this.replace("microphone", choice.microphone);
    this.replace("camera", camera);
    this.update({ audio: choice.audio && choice.microphone !== null, video: camera !== null });
  }

  async setAudio(on: boolean): Promise<void> {
    this.silenced = false;
    const { microphone } = this.state.tracks;
    if (microphone?.readyState === "live") {
      microphone.enabled = on;
      this.update({ audio: on, notices: this.without("microphone") });
    } else if (on) {
      await this.open("microphone", null);
    }
  }

  async setVideo(on: boolean): Promise<void> {
    if (on) {
      if (!this.state.tracks.camera) await this.open("camera", null);
      return;
    }
    this.replace("camera", null);
    this.update({ video: false, notices: this.without("camera") });
  }

  /** Take another device, and keep it in mind. What was muted stays muted, what was off stays off. */
  async choose(kind: InputKind, id: string): Promise<void> {
    rememberDevice(kind, id);
    this.update({}); // the list shows what was chosen, also when nothing is opened
    if (kind === "camera" && !this.state.video && !this.state.notices.camera) return;
    await this.open(kind, id);
  }

  async shareScreen(): Promise<void> {
    if (this.state.busy.screen || this.state.tracks.screen) return;
    this.work("screen", true);
    try {
      const stream = await mediaDevices()?.getDisplayMedia({ video: { frameRate: { ideal: 15, max: 30 } } });
      const track = stream?.getVideoTracks()[0];
      if (!track) return;
      if (this.stopped) {
        track.stop();
        return;
      }
      track.contentHint = "detail"; // sharp letters before smooth motion
      this.replace("screen", track);
      this.update({ screen: true, notices: this.without("screen") });
    } catch (error) {
      this.refuseScreen(error);
    } finally {
      this.work("screen", false);
    }
  }

  stopScreen(): void {
    this.replace("screen", null);
    this.update({ screen: false, notices: this.without("screen") });
  }

  /** Make the camera as large as the number of people allows. */
  fit(rung: Rung): void {
    this.rung = rung;
    const { camera } = this.state.tracks;
    if (!camera) return;
    const { width, height, frameRate } = rung;
    camera
      .applyConstraints({ width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frameRate } })
      .catch(() => undefined); // a camera that cannot do this size goes on with its own; the bitrate limits it anyway
  }

  /** What somebody else found out about our devices. */
  tell(notices: LocalState["notices"]): void {
    this.update({ notices: { ...this.state.notices, ...notices } });
  }

  dismiss(line: Line): void {
    this.update({ notices: this.without(line) });
  }

  /** Give every device back. */
  stop(): void {
    this.stopped = true;
    for (const line of LINES) this.replace(line, null);
    this.update({ audio: false, video: false, screen: false, notices: {} });
  }

  private async open(kind: InputKind, id: string | null): Promise<void> {
    if (this.state.busy[kind]) return;
    const muted = kind === "microphone" && id !== null && !this.state.audio && !this.silenced;
    this.work(kind, true);
    try {
      const track = id === null ? await openInput(kind) : await openInput(kind, id);
      if (this.stopped) {
        track.stop();
        return;
      }
      track.enabled = !muted;
      this.replace(kind, track);
      if (kind === "microphone") this.silenced = false;
      const notices = this.without(kind);
      this.update(kind === "microphone" ? { audio: !muted, notices } : { video: true, notices });
      if (kind === "camera" && this.rung) this.fit(this.rung);
    } catch (error) {
      this.update({ notices: { ...this.state.notices, [kind]: explain(error, kind) } });
    } finally {
      this.work(kind, false);
    }
  }

  private refuseScreen(error: unknown): void {
    // Closing the browser's own picker is an answer, not a fault.
    if (error instanceof DOMException && error.name === "NotAllowedError") return;
    const screen = msg`The screen could not be shared. Choose another window, or allow screen recording for this browser in the system's settings.`;
    this.update({ notices: { ...this.state.notices, screen } });
  }

  private replace(line: Line, track: MediaStreamTrack | null): void {
    const before = this.state.tracks[line];
    if (before === track) return;
    if (before) {
      before.onended = null;
      before.stop();
    }
    if (track) track.onended = () => this.lost(line, track);
    this.update({ tracks: { ...this.state.tracks, [line]: track } });
  }

  /** Unplugged, taken by the system, or ended with the browser's own "stop sharing". */
  private lost(line: Line, track: MediaStreamTrack): void {
    if (this.state.tracks[line] !== track) return;
    if (line === "screen") {
      this.stopScreen();
      return;
    }
    this.replace(line, null);
    if (line === "microphone") this.silenced = this.state.audio;
    const notices = { ...this.state.notices, [line]: LOST[line] };
    this.update(line === "microphone" ? { audio: false, notices } : { video: false, notices });
  }

  private work(line: Line, busy: boolean): void {
    this.update({ busy: { ...this.state.busy, [line]: busy } });
  }

  private without(line: Line): LocalState["notices"] {
    return Object.fromEntries(Object.entries(this.state.notices).filter(([about]) => about !== line));
  }

  private update(change: Partial<LocalState>): void {
    this.state = { ...this.state, ...change };
    this.onChange();
  }
}
