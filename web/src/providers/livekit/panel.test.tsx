/** The same panel, devices and lobby's choice as with our own call, over a LiveKit room (faked behind our port). */

import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";

import { CallPanel } from "@/features/call/call-panel";
import { CallProvider } from "@/features/call/call-provider";
import { type Engines, EnginesContext } from "@/features/call/engine";
import { leaveChoice } from "@/features/call/media-choice";
import { FakeTrack } from "@/features/call/testing/fake-connection";
import { FakeDevices } from "@/features/call/testing/fake-devices";
import { RoomProvider, type ServerEvent } from "@/features/room/events/room-context";
import { FakeSocket } from "@/features/room/testing/fake-socket";
import { fakeServer, refusal, Status } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session } from "@/lib/testing/samples";

import { LiveKitCall } from "./livekit-call";
import { FakeLiveKit } from "./testing/fake-livekit";

const RECORDING = "/api/sessions/s-1/recording";

let livekit: FakeLiveKit;
let devices: FakeDevices;

beforeEach(() => {
  devices = FakeDevices.install();
  HTMLMediaElement.prototype.play = () => Promise.resolve();
  FakeSocket.install();
  livekit = new FakeLiveKit();
});
afterEach(() => FakeDevices.uninstall());

const say = (event: ServerEvent): void => act(() => FakeSocket.last.say(JSON.stringify(event)));
const engines = (): Engines => ({
  livekit: () => Promise.resolve((_, onChange) => new LiveKitCall({ enter: () => livekit.enter(), open: livekit.open }, onChange)),
});

interface Given {
  role?: "host" | "candidate";
  replies?: Record<string, unknown>;
  loaded?: Engines;
}

function open({ role = "host", replies = {}, loaded = engines() }: Given = {}) {
  const choice = {
    audio: true,
    video: true,
    microphone: new FakeTrack("audio") as unknown as MediaStreamTrack,
    camera: new FakeTrack("video") as unknown as MediaStreamTrack,
  };
  leaveChoice(choice);
  const asked = fakeServer({ "GET /api/config": { ...config, call: "livekit", recording: true }, ...replies });
  const page = renderPage(
    <EnginesContext value={loaded}>
      <RoomProvider sessionId="s-1" waiting={() => <p>connecting</p>}>
        <CallProvider>
          <CallPanel />
        </CallProvider>
      </RoomProvider>
    </EnginesContext>,
  );
  act(() => FakeSocket.last.accept());
  say({
    type: "hello",
    me: { id: ada.id, name: ada.name, role, color: 0, connectionId: "c-me" },
    people: [
      { ...ada, role, color: 0, online: true, waiting: false, reading: false },
      { ...grace, color: 1, online: true, waiting: false, reading: false },
    ],
    state: { session: session(), messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
  return { ...page, asked, choice };
}

async function inCall(given: Given = {}) {
  const page = open(given);
  await waitFor(() => expect(livekit.rooms).toHaveLength(1));
  const camera = { track: new FakeTrack("video") as unknown as MediaStreamTrack, muted: false };
  act(() => livekit.room.comes(`${grace.id}:1`, grace.id, { camera }));
  await waitFor(() => expect(screen.getAllByTestId("call-tile")).toHaveLength(2));
  return page;
}

const pressed = (name: string): string | null => screen.getByRole("button", { name }).getAttribute("aria-pressed");
const sent = () => Object.fromEntries([...livekit.room.published].map(([line, { muted }]) => [line, muted ? "muted" : "on"]));

test("enters with what the lobby hands over, without a word to our own call", async () => {
  await inCall();
  expect(screen.getByLabelText(`Camera of ${grace.id}`)).toBeTruthy();
  await waitFor(() => expect(sent()).toEqual({ microphone: "on", camera: "on" }));
  expect(FakeSocket.last.sent.filter((frame) => String(frame).includes("call."))).toEqual([]);
  expect(devices.asked).toEqual([]);
});

test("mute, camera, another device and a shared screen go out", async () => {
  const { user } = await inCall();
  await user.click(screen.getByRole("button", { name: "Microphone" }));
  await waitFor(() => expect(sent()).toEqual({ microphone: "muted", camera: "on" }));
  await user.click(screen.getByRole("button", { name: "Camera" }));
  await waitFor(() => expect(sent()).toEqual({ microphone: "muted" }));
  await user.click(screen.getByRole("button", { name: "Share screen" }));
  await waitFor(() => expect(sent()).toEqual({ microphone: "muted", screen: "on" }));
  await user.click(screen.getByRole("button", { name: "Devices" }));
  const choice = await screen.findByTestId("choose-microphone");
  await within(choice).findByText("Headset");
  await user.selectOptions(choice, "mic-2");
  await waitFor(() => expect(livekit.room.published.get("microphone")?.track.getSettings().deviceId).toBe("mic-2"));
  expect(sent().microphone).toBe("muted");
});

test("leaving gives the devices back; the panel does not say that nobody is there", async () => {
  const { user, choice } = await inCall();
  await user.click(screen.getByRole("button", { name: "Leave the call" }));
  expect([livekit.room.gone, choice.camera.readyState, choice.microphone.readyState]).toEqual([true, "ended", "ended"]);
  expect(screen.getByText("Join it to see who is there.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Rejoin the call" }));
  await waitFor(() => expect(livekit.rooms).toHaveLength(2));
  await waitFor(() => expect([pressed("Microphone"), pressed("Camera")]).toEqual(["true", "true"]));
});

test("the end of the session hangs up", async () => {
  const { choice } = await inCall();
  say({ type: "session.ended", session: session({ status: "completed" }) });
  expect([livekit.room.gone, choice.camera.readyState]).toEqual([true, "ended"]);
});

test("a call that cannot be had lets the camera go, and can be tried again", async () => {
  livekit.enter = () => Promise.reject(new Error("no"));
  const { user, choice } = open();
  expect(await screen.findByText("The call could not be reached")).toBeTruthy();
  expect(choice.camera.readyState).toBe("ended");
  livekit.enter = () => Promise.resolve({ url: "wss://livekit", token: "t" });
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(livekit.rooms).toHaveLength(1));
});

test("a build without the provider's engine says that there is no call", async () => {
  open({ loaded: {} });
  expect(await screen.findByText("The call could not be reached")).toBeTruthy();
});

test("the host records, everybody sees it", async () => {
  const replies = { [`POST ${RECORDING}`]: new Status(204), [`DELETE ${RECORDING}`]: new Status(204) };
  const { user, asked } = await inCall({ replies });
  await user.click(screen.getByRole("button", { name: "Record the call" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "POST")).toBe(true));
  say({ type: "call.recording", recording: true });
  expect(screen.getByText("This call is being recorded.")).toBeTruthy();
  expect(pressed("Record the call")).toBe("true");
  await user.click(screen.getByRole("button", { name: "Record the call" }));
  await waitFor(() => expect(asked.some(({ method }) => method === "DELETE")).toBe(true));
  say({ type: "call.recording", recording: false });
  expect(screen.queryByText("This call is being recorded.")).toBeNull();
});

test("who comes in later sees it too, and has no button", async () => {
  await inCall({ role: "candidate", replies: { [`POST ${RECORDING}`]: refusal(403, "not_host", "No.") } });
  act(() => livekit.room.become({ isRecording: true }));
  expect(screen.getByText("This call is being recorded.")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Record the call" })).toBeNull();
});
