/** Cameras, microphones and speakers: which there are, which one to take, and what to say when none can be had. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

export type InputKind = "microphone" | "camera";
export type DeviceKind = InputKind | "speaker";

export interface Device {
  id: string;
  /** Empty until the browser may tell: names are kept from pages without permission. */
  label: string;
}

export type Devices = Record<DeviceKind, Device[]>;

export const NO_DEVICES: Devices = { microphone: [], camera: [], speaker: [] };

const KINDS: Record<MediaDeviceKind, DeviceKind> = {
  audioinput: "microphone",
  videoinput: "camera",
  audiooutput: "speaker",
};

const REMEMBERED = "call.devices";

/** Null where the browser offers no devices at all: an address that is neither https nor localhost. */
export function mediaDevices(): MediaDevices | null {
  return "mediaDevices" in navigator ? navigator.mediaDevices : null;
}

export async function listDevices(): Promise<Devices> {
  const found = (await mediaDevices()?.enumerateDevices()) ?? [];
  const devices: Devices = { microphone: [], camera: [], speaker: [] };
  for (const { kind, deviceId, label } of found) {
    if (deviceId) devices[KINDS[kind]].push({ id: deviceId, label });
  }
  return devices;
}

/** The browser can only send sound to a chosen speaker where this holds. */
export function canChooseSpeaker(): boolean {
  return "setSinkId" in HTMLMediaElement.prototype;
}

export function canShareScreen(): boolean {
  return typeof mediaDevices()?.getDisplayMedia === "function";
}

export type Permission = "granted" | "denied" | "ask";

/** What the browser would do if asked now. Browsers that do not tell count as `ask`. */
export async function permissionFor(kind: InputKind): Promise<Permission> {
  try {
    const { state } = await navigator.permissions.query({ name: kind });
    return state === "prompt" ? "ask" : state;
  } catch {
    return "ask";
  }
}

type Remembered = Partial<Record<DeviceKind, string>>;

function readRemembered(): Remembered {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {}; // storage switched off, or not ours
  }
}

export function rememberedDevice(kind: DeviceKind): string | null {
  const id = readRemembered()[kind];
  return typeof id === "string" ? id : null;
}

export function rememberDevice(kind: DeviceKind, id: string): void {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ ...readRemembered(), [kind]: id }));
  } catch {
    // Without storage the choice holds for this page only.
  }
}

/** Start small: the call raises or lowers this by the number of people (ladder.ts). */
const CAMERA = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };
const MICROPHONE = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

function wanted(kind: InputKind, id: string | null): MediaTrackConstraints {
  const base = kind === "camera" ? CAMERA : MICROPHONE;
  // `exact`: with `ideal` Chromium weighs the size of the picture against the choice, and gives another camera (seen).
  return id ? { ...base, deviceId: { exact: id } } : { ...base };
}

/** Names of errors that mean: this one is not there (any more). */
const GONE = new Set(["OverconstrainedError", "NotFoundError"]);

/** A live track of the chosen device, or of the remembered, or of whichever there is. Rejects as getUserMedia does. */
export async function openInput(kind: InputKind, id: string | null = rememberedDevice(kind)): Promise<MediaStreamTrack> {
  try {
    return await openExactly(kind, id);
  } catch (error) {
    if (id === null || !(error instanceof DOMException && GONE.has(error.name))) throw error;
    return openExactly(kind, null);
  }
}

async function openExactly(kind: InputKind, id: string | null): Promise<MediaStreamTrack> {
  const constraints = wanted(kind, id);
  const stream = await allDevices().getUserMedia(kind === "camera" ? { video: constraints } : { audio: constraints });
  const [track] = stream.getTracks();
  if (!track) throw new DOMException("The device gave no track", "NotFoundError");
  return track;
}

function allDevices(): MediaDevices {
  const devices = mediaDevices();
  if (!devices) throw new DOMException("No media devices on this address", "SecurityError");
  return devices;
}

export type Inputs = Record<InputKind, MediaStreamTrack | null>;

export interface Opened {
  inputs: Inputs;
  /** Why something asked for is missing. */
  problems: Partial<Record<InputKind, MessageDescriptor>>;
}

const KEPT_APART = new Set(["NotFoundError", "NotReadableError", "OverconstrainedError", "AbortError"]);

async function openBoth(): Promise<Inputs> {
  const stream = await allDevices().getUserMedia({
    audio: wanted("microphone", rememberedDevice("microphone")),
    video: wanted("camera", rememberedDevice("camera")),
  });
  return { microphone: stream.getAudioTracks()[0] ?? null, camera: stream.getVideoTracks()[0] ?? null };
}

/** One camera missing must not cost the microphone; a question answered with no is not asked again. */
async function worthAskingAlone(kind: InputKind, error: unknown): Promise<boolean> {
  if (error instanceof DOMException && KEPT_APART.has(error.name)) return true;
  return (await permissionFor(kind)) === "granted";
}

/** Open what is asked for, in one question where the browser allows, and tell what could not be had. Never rejects. */
export async function openInputs(kinds: readonly InputKind[]): Promise<Opened> {
  const opened: Opened = { inputs: { microphone: null, camera: null }, problems: {} };
  let refusal: unknown = null;
  if (kinds.length === 2) {
    try {
      return { inputs: await openBoth(), problems: {} };
    } catch (error) {
      refusal = error;
    }
  }
  for (const kind of kinds) {
    try {
      if (refusal !== null && !(await worthAskingAlone(kind, refusal))) opened.problems[kind] = explain(refusal, kind);
      else opened.inputs[kind] = await openInput(kind);
    } catch (error) {
      opened.problems[kind] = explain(error, kind);
    }
  }
  return opened;
}

/** What went wrong and what to do about it, in plain words. */
export function explain(error: unknown, kind: InputKind): MessageDescriptor {
  const camera = kind === "camera";
  const name = error instanceof DOMException || error instanceof Error ? error.name : "";
  if (name === "SecurityError" || (!mediaDevices() && !window.isSecureContext)) {
    return msg`Browsers give camera and microphone to secure addresses only. Ask the host for an https address.`;
  }
  if (name === "NotAllowedError") {
    return camera
      ? msg`The camera is blocked. Allow it with the icon in the address bar, then try again.`
      : msg`The microphone is blocked. Allow it with the icon in the address bar, then try again.`;
  }
  if (name === "NotFoundError" || name === "OverconstrainedError") {
    return camera
      ? msg`No camera was found. Plug one in, or take part without.`
      : msg`No microphone was found. Plug one in, or take part without.`;
  }
  if (name === "NotReadableError" || name === "AbortError") {
    return camera
      ? msg`The camera is in use by another program. Close that program, then try again.`
      : msg`The microphone is in use by another program. Close that program, then try again.`;
  }
  return camera
    ? msg`The camera did not start. Choose another one, or take part without.`
    : msg`The microphone did not start. Choose another one, or take part without.`;
}
