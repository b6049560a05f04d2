import { i18n } from "@lingui/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { explain, listDevices, openInputs, permissionFor, rememberDevice, rememberedDevice } from "./devices";
import { FakeDevices } from "./testing/fake-devices";

let devices: FakeDevices;
beforeEach(() => {
  devices = FakeDevices.install();
});
afterEach(() => FakeDevices.uninstall());

const BOTH = ["microphone", "camera"] as const;
const got = async (kinds: readonly ("microphone" | "camera")[] = BOTH) => {
  const { inputs, problems } = await openInputs(kinds);
  const words = Object.entries(problems).map(([kind, text]) => `${kind}: ${i18n._(text)}`);
  return { inputs: Object.entries(inputs).map(([kind, track]) => `${kind}:${track?.getSettings().deviceId ?? "none"}`), words };
};

describe("opening", () => {
  test("both in one question", async () => {
    expect(await got()).toEqual({ inputs: ["microphone:mic-1", "camera:cam-1"], words: [] });
    expect(devices.asked).toEqual(["microphone+camera"]);
  });

  test("takes the remembered devices", async () => {
    rememberDevice("camera", "cam-2");
    rememberDevice("microphone", "mic-2");
    expect((await got()).inputs).toEqual(["microphone:mic-2", "camera:cam-2"]);
  });

  test("a remembered device that is gone is replaced by another one, each by itself", async () => {
    rememberDevice("camera", "cam-9");
    rememberDevice("microphone", "mic-2");
    expect(await got()).toEqual({ inputs: ["microphone:mic-2", "camera:cam-1"], words: [] });
  });

  test("a missing camera does not cost the microphone", async () => {
    devices.camera = "NotFoundError";
    const { inputs, words } = await got();
    expect(inputs).toEqual(["microphone:mic-1", "camera:none"]);
    expect(words).toEqual(["camera: No camera was found. Plug one in, or take part without."]);
  });

  test("a camera in use does not cost the microphone", async () => {
    devices.camera = "NotReadableError";
    const { inputs, words } = await got();
    expect(inputs[0]).toBe("microphone:mic-1");
    expect(words[0]).toMatch(/in use by another program/);
  });

  test("a question answered with no is not asked again", async () => {
    devices.camera = devices.microphone = "NotAllowedError";
    const { words } = await got();
    expect(words).toHaveLength(2);
    expect(words[0]).toMatch(/microphone is blocked. Allow it/);
    expect(devices.asked).toEqual(["microphone+camera"]);
  });

  test("with only the camera blocked the microphone, allowed before, opens", async () => {
    devices.camera = "NotAllowedError";
    devices.permissions = { camera: "denied", microphone: "granted" };
    const { inputs, words } = await got();
    expect(inputs).toEqual(["microphone:mic-1", "camera:none"]);
    expect(words[0]).toMatch(/camera is blocked/);
  });

  test("one alone", async () => {
    expect((await got(["microphone"])).inputs).toEqual(["microphone:mic-1", "camera:none"]);
    expect(devices.asked).toEqual(["microphone"]);
    expect((await got([])).inputs).toEqual(["microphone:none", "camera:none"]);
  });

  test("an address that is not secure has no devices at all", async () => {
    FakeDevices.uninstall();
    vi.stubGlobal("isSecureContext", false);
    const { words } = await got();
    expect(words[0]).toMatch(/secure addresses only.*https/);
    expect(await listDevices()).toEqual({ microphone: [], camera: [], speaker: [] });
  });
});

test("anything else that goes wrong is told in plain words too", () => {
  expect(i18n._(explain(new Error("?"), "camera"))).toMatch(/did not start/);
  expect(i18n._(explain("odd", "microphone"))).toMatch(/did not start/);
});

test("devices by kind; those without an id (before permission) are no choice", async () => {
  devices.devices.push({ kind: "videoinput", deviceId: "", label: "" });
  const { camera, microphone, speaker } = await listDevices();
  expect([camera.length, microphone.length, speaker.length]).toEqual([2, 2, 1]);
});

test("permissions, also where the browser does not tell", async () => {
  devices.permissions = { camera: "denied", microphone: "granted" };
  expect(await permissionFor("camera")).toBe("denied");
  expect(await permissionFor("microphone")).toBe("granted");
  Reflect.deleteProperty(navigator, "permissions");
  expect(await permissionFor("camera")).toBe("ask");
});

test("what is remembered survives nonsense in the storage", () => {
  localStorage.setItem("call.devices", "not json");
  expect(rememberedDevice("camera")).toBeNull();
  rememberDevice("camera", "cam-2");
  expect(rememberedDevice("camera")).toBe("cam-2");
  localStorage.setItem("call.devices", '{"camera": 7}');
  expect(rememberedDevice("camera")).toBeNull();
});
