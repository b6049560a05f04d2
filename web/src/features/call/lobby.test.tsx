import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { Refusal } from "@/lib/api/client";
import { renderPage } from "@/lib/testing/render-page";

import { Lobby } from "./lobby";
import { dropChoice, hasChoice, takeChoice } from "./media-choice";
import { FakeDevices } from "./testing/fake-devices";

let devices: FakeDevices;
const onEnter = vi.fn();
beforeEach(() => {
  devices = FakeDevices.install();
  onEnter.mockReset();
  HTMLMediaElement.prototype.play = () => Promise.resolve();
});
afterEach(() => {
  dropChoice();
  FakeDevices.uninstall();
});

const candidate = { title: "Interview with Ada", role: "candidate", check: "/check" } as const;
const open = (more: Partial<Parameters<typeof Lobby>[0]> = {}) => renderPage(<Lobby {...candidate} onEnter={onEnter} {...more} />);
const join = (): HTMLElement => screen.getByTestId("join-with");

test("asks for nothing before the person acts", async () => {
  open();
  await screen.findByText("You join as the candidate.");
  expect(devices.asked).toEqual([]);
});

test("leads to the test of the connection, and who only watches needs none", () => {
  const { unmount } = open({ check: "/check?invite=abc" });
  expect(screen.getByRole("link", { name: "Test your connection" }).getAttribute("href")).toBe("/check?invite=abc");
  unmount();
  open({ role: "observer" });
  expect(screen.queryByRole("link")).toBeNull();
});

test("who allowed it before sees the preview and the devices at once", async () => {
  devices.permissions = { camera: "granted", microphone: "granted" };
  open();
  expect(await screen.findByLabelText("Your camera")).toBeTruthy();
  await screen.findByRole("option", { name: "Headset" });
  expect(screen.getByLabelText<HTMLSelectElement>("Camera", { selector: "select" }).value).toBe("cam-1");
});

test("joining hands the live devices over, without a second question", async () => {
  const { user, unmount } = open();
  await user.click(join());
  await waitFor(() => expect(onEnter).toHaveBeenCalledTimes(1));
  unmount();
  const choice = takeChoice();
  expect(choice).toMatchObject({ audio: true, video: true });
  expect(devices.asked).toEqual(["microphone+camera"]);
  expect(devices.live).toEqual(["mic-1", "cam-1"]);
});

test("joining without leaves nothing on", async () => {
  const { user, unmount } = open();
  await user.click(screen.getByTestId("lobby-check"));
  await screen.findByLabelText("Your camera");
  await user.click(screen.getByRole("button", { name: "Join without camera and microphone" }));
  unmount();
  expect(takeChoice()).toMatchObject({ audio: false, video: false, microphone: null, camera: null });
  expect(devices.live).toEqual([]);
});

test("going away without entering switches the devices off", async () => {
  const { user, unmount } = open();
  await user.click(screen.getByTestId("lobby-check"));
  await screen.findByLabelText("Your camera");
  unmount();
  expect(devices.live).toEqual([]);
  expect(hasChoice()).toBe(false);
});

test("a missing camera is said first; pressing again enters with the microphone", async () => {
  devices.camera = "NotFoundError";
  const { user } = open();
  await user.click(join());
  expect((await screen.findByTestId("lobby-problem")).textContent).toMatch(/No camera was found/);
  expect(onEnter).not.toHaveBeenCalled();
  expect(join().textContent).toBe("Join with microphone");
  await user.click(join());
  await waitFor(() => expect(onEnter).toHaveBeenCalledTimes(1));
  expect(takeChoice()).toMatchObject({ audio: true, video: false });
});

test("blocked devices are explained, and one can still join without", async () => {
  devices.camera = devices.microphone = "NotAllowedError";
  const { user } = open();
  await user.click(join());
  expect(await screen.findAllByTestId("lobby-problem")).toHaveLength(2);
  expect(onEnter).not.toHaveBeenCalled();
  await user.click(screen.getByTestId("join-without"));
  expect(onEnter).toHaveBeenCalledTimes(1);
});

test("what is switched off is not asked for, and stays off the next time", async () => {
  const { user, unmount } = open();
  await user.click(screen.getByRole("button", { name: "Camera" }));
  expect(join().textContent).toBe("Join with microphone");
  unmount();
  open();
  expect(screen.getByRole("button", { name: "Camera" }).getAttribute("aria-pressed")).toBe("false");
  await user.click(join());
  await waitFor(() => expect(devices.asked).toEqual(["microphone"]));
});

test("with both off there is nothing to join with", async () => {
  const { user } = open();
  await user.click(screen.getByRole("button", { name: "Camera" }));
  await user.click(screen.getByRole("button", { name: "Microphone" }));
  expect(join().hasAttribute("disabled")).toBe(true);
});

test("another device replaces the one in use", async () => {
  const { user } = open();
  await user.click(screen.getByTestId("lobby-check"));
  await screen.findByRole("option", { name: "Other camera" });
  await user.selectOptions(screen.getByTestId("choose-camera"), "Other camera");
  await waitFor(() => expect(devices.live).toEqual(["mic-1", "cam-2"]));
});

test("a camera pulled out is told, not shown as frozen", async () => {
  const { user } = open();
  await user.click(screen.getByTestId("lobby-check"));
  await screen.findByLabelText("Your camera");
  devices.tracks.find(({ deviceId }) => deviceId === "cam-1")?.end();
  expect((await screen.findByTestId("lobby-problem")).textContent).toMatch(/No camera was found/);
  expect(screen.queryByLabelText("Your camera")).toBeNull();
});

test("entering that is refused gives the devices back to the lobby, which says why", async () => {
  const { user, unmount } = renderPage(<Refused />);
  await user.click(join());
  expect(await screen.findByText("Too many at once.")).toBeTruthy();
  await waitFor(() => expect(hasChoice()).toBe(false));
  expect(devices.live).toEqual(["mic-1", "cam-1"]);
  unmount();
  expect(devices.live).toEqual([]);
});

function Refused() {
  const [error, setError] = useState<unknown>(null);
  return <Lobby {...candidate} onEnter={() => setError(new Refusal("too_many", "Too many at once.", 429))} error={error} />;
}

test("is not entered before the page allows it", async () => {
  const { user } = open({ mayEnter: () => false });
  await user.click(screen.getByTestId("join-without"));
  expect(onEnter).not.toHaveBeenCalled();
  expect(hasChoice()).toBe(false);
});

test("who only watches is asked for no devices", async () => {
  const { user } = open({ role: "observer" });
  expect(screen.queryByTestId("lobby-preview")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Join" }));
  expect(onEnter).toHaveBeenCalledTimes(1);
});
