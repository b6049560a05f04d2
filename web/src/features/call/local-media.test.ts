import { i18n } from "@lingui/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { rungFor } from "./ladder";
import { LocalMedia } from "./local-media";
import { dropChoice, hasChoice, KEPT_MS, leaveChoice, type MediaChoice, NO_MEDIA, takeChoice } from "./media-choice";
import { FakeTrack } from "./testing/fake-connection";
import { FakeDevices } from "./testing/fake-devices";

const track = (kind: string, id = "given"): MediaStreamTrack => new FakeTrack(kind, id) as unknown as MediaStreamTrack;
const fake = (one: MediaStreamTrack | null): FakeTrack => one as unknown as FakeTrack;

let devices: FakeDevices;
let media: LocalMedia;
let changes: number;
beforeEach(() => {
  devices = FakeDevices.install();
  changes = 0;
  media = new LocalMedia(() => (changes += 1));
});
afterEach(() => FakeDevices.uninstall());

const notice = (line: "microphone" | "camera" | "screen"): string => {
  const text = media.state.notices[line];
  return text ? i18n._(text) : "";
};

describe("what the lobby hands over", () => {
  test("is taken as it is, without asking again", () => {
    const [microphone, camera] = [track("audio"), track("video")];
    media.begin({ audio: true, video: true, microphone, camera });
    expect(media.state).toMatchObject({ audio: true, video: true, tracks: { microphone, camera } });
    expect(devices.asked).toEqual([]);
  });

  test("nothing: one takes part without", () => {
    media.begin(NO_MEDIA);
    expect(media.state).toMatchObject({ audio: false, video: false });
  });

  test("muted is muted from the first moment", () => {
    const microphone = track("audio");
    media.begin({ ...NO_MEDIA, audio: false, microphone });
    expect(microphone.enabled).toBe(false);
    expect(media.state.audio).toBe(false);
  });
});

describe("microphone", () => {
  test("muting silences it and keeps it", async () => {
    const microphone = track("audio");
    media.begin({ ...NO_MEDIA, audio: true, microphone });
    await media.setAudio(false);
    expect([microphone.enabled, microphone.readyState, media.state.audio]).toEqual([false, "live", false]);
    await media.setAudio(true);
    expect([microphone.enabled, media.state.audio]).toEqual([true, true]);
    expect(devices.asked).toEqual([]);
  });

  test("who came without one gets it when unmuting", async () => {
    media.begin(NO_MEDIA);
    await media.setAudio(true);
    expect(media.state.audio).toBe(true);
    expect(devices.live).toEqual(["mic-1"]);
  });

  test("that cannot be had is explained, and nothing is on", async () => {
    devices.microphone = "NotAllowedError";
    media.begin(NO_MEDIA);
    await media.setAudio(true);
    expect(media.state).toMatchObject({ audio: false, busy: { microphone: false } });
    expect(notice("microphone")).toMatch(/blocked/);
    devices.microphone = "ok";
    await media.setAudio(true);
    expect(notice("microphone")).toBe("");
  });

  test("pulled out: says so, and is off", () => {
    const microphone = track("audio");
    media.begin({ ...NO_MEDIA, audio: true, microphone });
    fake(microphone).end();
    expect(media.state).toMatchObject({ audio: false, tracks: { microphone: null } });
    expect(notice("microphone")).toMatch(/disconnected/);
  });

  test("another one while muted stays muted", async () => {
    media.begin({ ...NO_MEDIA, audio: true, microphone: track("audio") });
    await media.setAudio(false);
    await media.choose("microphone", "mic-2");
    expect(media.state.audio).toBe(false);
    expect(fake(media.state.tracks.microphone)).toMatchObject({ deviceId: "mic-2", enabled: false });
  });

  test("the first one chosen by who came in without stays muted until it is switched on", async () => {
    media.begin(NO_MEDIA);
    await media.choose("microphone", "mic-2");
    expect(media.state.audio).toBe(false);
    expect(fake(media.state.tracks.microphone)).toMatchObject({ deviceId: "mic-2", enabled: false });
    await media.setAudio(true);
    expect(fake(media.state.tracks.microphone)).toMatchObject({ deviceId: "mic-2", enabled: true });
  });

  test.each([
    ["talking: goes on talking", true],
    ["muted: stays muted", false],
  ])("another one for one that was pulled out while %s", async (_, on) => {
    const microphone = track("audio");
    media.begin({ ...NO_MEDIA, audio: on, microphone });
    fake(microphone).end();
    media.dismiss("microphone");
    await media.choose("microphone", "mic-2");
    expect(media.state.audio).toBe(on);
    expect(fake(media.state.tracks.microphone).enabled).toBe(on);
  });

  test("pulled out, then muted: another one does not talk", async () => {
    const microphone = track("audio");
    media.begin({ ...NO_MEDIA, audio: true, microphone });
    fake(microphone).end();
    await media.setAudio(false);
    await media.choose("microphone", "mic-2");
    expect(media.state.audio).toBe(false);
  });

  test("another one while talking goes on talking, the old one is given back", async () => {
    const before = track("audio");
    media.begin({ ...NO_MEDIA, audio: true, microphone: before });
    await media.choose("microphone", "mic-2");
    expect(media.state.audio).toBe(true);
    expect([before.readyState, ...devices.live]).toEqual(["ended", "mic-2"]);
  });
});

describe("camera", () => {
  test("off gives it back, on takes it again", async () => {
    const camera = track("video");
    media.begin({ ...NO_MEDIA, video: true, camera });
    await media.setVideo(false);
    expect([camera.readyState, media.state.video, media.state.tracks.camera]).toEqual(["ended", false, null]);
    await media.setVideo(true);
    expect(media.state.video).toBe(true);
    expect(devices.live).toEqual(["cam-1"]);
  });

  test("choosing one while it is off switches nothing on", async () => {
    media.begin(NO_MEDIA);
    await media.choose("camera", "cam-2");
    expect(devices.asked).toEqual([]);
    await media.setVideo(true);
    expect(devices.live).toEqual(["cam-2"]);
  });

  test("follows the number of people, also when switched on later", async () => {
    media.fit(rungFor(4));
    media.begin(NO_MEDIA);
    await media.setVideo(true);
    expect(fake(media.state.tracks.camera).constraints).toEqual({
      width: { ideal: 320 },
      height: { ideal: 240 },
      frameRate: { ideal: 15 },
    });
    media.fit(rungFor(2));
    expect(fake(media.state.tracks.camera).constraints).toMatchObject({ width: { ideal: 640 }, frameRate: { ideal: 30 } });
  });

  test("pressed twice opens one", async () => {
    let release = (): void => undefined;
    devices.hold = new Promise((resolve) => (release = resolve));
    media.begin(NO_MEDIA);
    const both = [media.setVideo(true), media.setVideo(true)];
    expect(media.state.busy.camera).toBe(true);
    release();
    await Promise.all(both);
    expect(devices.asked).toEqual(["camera"]);
    expect(media.state.busy.camera).toBe(false);
  });

  test("that opens after one has left is given back at once", async () => {
    let release = (): void => undefined;
    devices.hold = new Promise((resolve) => (release = resolve));
    media.begin(NO_MEDIA);
    const opening = media.setVideo(true);
    media.stop();
    release();
    await opening;
    expect(devices.live).toEqual([]);
    expect(media.state.video).toBe(false);
  });
});

describe("screen", () => {
  test("shared, and stopped from here", async () => {
    media.begin(NO_MEDIA);
    await media.shareScreen();
    expect(media.state.screen).toBe(true);
    expect(fake(media.state.tracks.screen).contentHint).toBe("detail");
    media.stopScreen();
    expect(media.state.screen).toBe(false);
    expect(devices.live).toEqual([]);
  });

  test("stopped with the browser's own button", async () => {
    media.begin(NO_MEDIA);
    await media.shareScreen();
    fake(media.state.tracks.screen).end();
    expect(media.state).toMatchObject({ screen: false, tracks: { screen: null }, notices: {} });
  });

  test("closing the browser's picker is no fault; anything else is told", async () => {
    media.begin(NO_MEDIA);
    devices.screen = "NotAllowedError";
    await media.shareScreen();
    expect([notice("screen"), media.state.busy.screen]).toEqual(["", false]);
    devices.screen = "NotReadableError";
    await media.shareScreen();
    expect(notice("screen")).toMatch(/could not be shared/);
    media.dismiss("screen");
    expect(notice("screen")).toBe("");
  });
});

test("stopping gives everything back", async () => {
  media.begin({ audio: true, video: true, microphone: track("audio"), camera: track("video") });
  const { microphone, camera } = media.state.tracks;
  await media.shareScreen();
  media.stop();
  expect([microphone, camera].map((one) => one?.readyState)).toEqual(["ended", "ended"]);
  expect(devices.live).toEqual([]);
  expect(media.state).toMatchObject({ audio: false, video: false, screen: false });
  expect(changes).toBeGreaterThan(0);
});

describe("the choice on its way from the lobby to the call", () => {
  const choice = (): MediaChoice => ({ audio: true, video: true, microphone: track("audio"), camera: track("video") });

  test("is taken once", () => {
    const one = choice();
    leaveChoice(one);
    expect(hasChoice()).toBe(true);
    expect(takeChoice()).toBe(one);
    expect([hasChoice(), takeChoice()]).toEqual([false, null]);
    expect(one.camera?.readyState).toBe("live");
  });

  test("that nobody takes is switched off", () => {
    vi.useFakeTimers();
    const one = choice();
    leaveChoice(one);
    vi.advanceTimersByTime(KEPT_MS);
    expect([hasChoice(), one.camera?.readyState, one.microphone?.readyState]).toEqual([false, "ended", "ended"]);
    vi.useRealTimers();
  });

  test("left again keeps the devices they share and stops the rest", () => {
    const one = choice();
    const two = { ...one, camera: null };
    leaveChoice(one);
    leaveChoice(two);
    expect([one.microphone?.readyState, one.camera?.readyState]).toEqual(["live", "ended"]);
    dropChoice();
    expect(one.microphone?.readyState).toBe("ended");
  });
});
