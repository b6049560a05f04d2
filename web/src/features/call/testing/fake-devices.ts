/** `navigator.mediaDevices` with the cameras and microphones a test gives it. */

import { vi } from "vitest";

import { FakeMediaStream, FakeTrack } from "./fake-connection";

type Given = "ok" | "NotAllowedError" | "NotFoundError" | "NotReadableError" | "AbortError" | "OverconstrainedError";

export class FakeDevices extends EventTarget {
  camera: Given = "ok";
  microphone: Given = "ok";
  screen: Given = "ok";
  permissions: Record<string, PermissionState> = { camera: "prompt", microphone: "prompt" };
  devices = [
    { kind: "audioinput", deviceId: "mic-1", label: "Desk microphone" },
    { kind: "audioinput", deviceId: "mic-2", label: "Headset" },
    { kind: "videoinput", deviceId: "cam-1", label: "Built-in camera" },
    { kind: "videoinput", deviceId: "cam-2", label: "Other camera" },
    { kind: "audiooutput", deviceId: "speaker-1", label: "Speakers" },
  ];
  /** Every track that was ever given out. */
  readonly tracks: FakeTrack[] = [];
  /** What was asked for, e.g. "microphone+camera". */
  readonly asked: string[] = [];
  /** Set to hold answers back until it is called. */
  hold: Promise<void> | null = null;

  static install(): FakeDevices {
    const devices = new FakeDevices();
    vi.stubGlobal("MediaStream", FakeMediaStream);
    Object.defineProperty(navigator, "mediaDevices", { value: devices, configurable: true });
    Object.defineProperty(navigator, "permissions", {
      value: { query: ({ name }: { name: string }) => Promise.resolve({ state: devices.permissions[name] }) },
      configurable: true,
    });
    return devices;
  }

  /** As on an address that is neither https nor localhost. */
  static uninstall(): void {
    Reflect.deleteProperty(navigator, "mediaDevices");
    Reflect.deleteProperty(navigator, "permissions");
  }

  get live(): string[] {
    return this.tracks.filter(({ readyState }) => readyState === "live").map(({ deviceId }) => deviceId);
  }

  enumerateDevices = (): Promise<unknown[]> => Promise.resolve(this.devices);

  getUserMedia = async ({ audio, video }: MediaStreamConstraints): Promise<FakeMediaStream> => {
    this.asked.push([audio && "microphone", video && "camera"].filter(Boolean).join("+"));
    if (this.hold) await this.hold;
    if (audio) this.check(this.microphone);
    if (video) this.check(this.camera);
    const stream = new FakeMediaStream();
    if (audio) stream.addTrack(this.give("audio", audio, "mic-1"));
    if (video) stream.addTrack(this.give("video", video, "cam-1"));
    return stream;
  };

  getDisplayMedia = (): Promise<FakeMediaStream> => {
    this.check(this.screen);
    const stream = new FakeMediaStream();
    stream.addTrack(this.give("video", true, "screen"));
    return Promise.resolve(stream);
  };

  private check(given: Given): void {
    if (given !== "ok") throw new DOMException("no", given);
  }

  private give(kind: string, wanted: MediaTrackConstraints | boolean, otherwise: string): FakeTrack {
    const id = typeof wanted === "object" ? (wanted.deviceId as { exact?: string } | undefined)?.exact : undefined;
    const there = id === undefined || this.devices.some(({ deviceId }) => deviceId === id);
    if (!there) throw new DOMException("no such device", "OverconstrainedError");
    const track = new FakeTrack(kind, id ?? otherwise);
    this.tracks.push(track);
    return track;
  }
}
