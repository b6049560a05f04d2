import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { RoomProvider, type ServerEvent } from "@/features/room/events/room-context";
import { FakeSocket } from "@/features/room/testing/fake-socket";
import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session } from "@/lib/testing/samples";

import { CallPanel } from "./call-panel";
import { CallProvider } from "./call-provider";
import { leaveChoice, type MediaChoice, NO_MEDIA } from "./media-choice";
import { FakeConnection, FakeTrack } from "./testing/fake-connection";
import { FakeDevices } from "./testing/fake-devices";
import type { PeerInfo } from "./wire";

let devices: FakeDevices;
let connections: FakeConnection[];
let play: () => Promise<void>;

beforeEach(() => {
  devices = FakeDevices.install();
  connections = [];
  play = () => Promise.resolve();
  HTMLMediaElement.prototype.play = () => play();
  vi.stubGlobal(
    "RTCPeerConnection",
    class extends FakeConnection {
      constructor(configuration: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    },
  );
  FakeSocket.install();
});
afterEach(() => FakeDevices.uninstall());

const peerOf = (who: { id: string; name: string }, connectionId: string, on: Partial<PeerInfo> = {}): PeerInfo => ({
  connectionId,
  personId: who.id,
  name: who.name,
  audio: true,
  video: true,
  screen: false,
  ...on,
});
const me = peerOf(ada, "c-me");
const other = peerOf(grace, "c-other");

const say = (event: ServerEvent): void => act(() => FakeSocket.last.say(JSON.stringify(event)));
const tell = (...peers: PeerInfo[]): void => say({ type: "call.state", peers });
const frames = (): { type: string }[] => FakeSocket.last.sent.map((frame) => JSON.parse(frame as string) as { type: string });
const sent = (type: string): unknown[] => frames().filter((frame) => frame.type === type);

const fullChoice = (): MediaChoice => ({
  audio: true,
  video: true,
  microphone: new FakeTrack("audio") as unknown as MediaStreamTrack,
  camera: new FakeTrack("video") as unknown as MediaStreamTrack,
});

interface Given {
  choice?: MediaChoice | null;
  role?: "host" | "observer";
  call?: unknown;
}

async function open({ choice = NO_MEDIA, role = "host", call = { provider: "mesh", iceServers: [], expiresAt: null } }: Given = {}) {
  if (choice) leaveChoice(choice);
  fakeServer({ "GET /api/config": config, "GET /api/sessions/s-1/call": call });
  const page = renderPage(
    <RoomProvider sessionId="s-1" waiting={() => <p>connecting</p>}>
      <CallProvider>
        <CallPanel />
      </CallProvider>
    </RoomProvider>,
  );
  act(() => FakeSocket.last.accept());
  say({
    type: "hello",
    me: { id: ada.id, name: ada.name, role, color: 0, connectionId: me.connectionId },
    people: [
      { ...ada, role, color: 0, online: true, waiting: false, reading: false },
      { ...grace, color: 1, online: true, waiting: false, reading: false },
    ],
    state: { session: session(), messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
  await act(() => Promise.resolve());
  return page;
}

/** Both in the call, connected. */
async function inCall(given: Given = {}, who = other) {
  const page = await open(given);
  await waitFor(() => expect(sent("call.join")).toHaveLength(1));
  tell(me, who);
  act(() => connections[0]?.become("connected"));
  return page;
}
const tile = (own: boolean): HTMLElement => screen.getAllByTestId("call-tile").find((one) => one.dataset.own === String(own))!;
const pressed = (name: string): string | null => screen.getByRole("button", { name }).getAttribute("aria-pressed");

test("enters with what the lobby hands over, and shows both", async () => {
  await inCall({ choice: fullChoice() });
  expect(sent("call.join")).toEqual([{ type: "call.join", audio: true, video: true, screen: false }]);
  expect(within(tile(false)).getByText("Grace Hopper")).toBeTruthy();
  expect(within(tile(false)).getByLabelText("Camera of Grace Hopper")).toBeTruthy();
  expect(within(tile(true)).getByLabelText("Your camera").className).toContain("-scale-x-100");
  expect(devices.asked).toEqual([]);
  expect(screen.getAllByTestId("call-voice")).toHaveLength(1);
});

test("what the other switches off is shown: neither picture nor doubt", async () => {
  await inCall({}, { ...other, audio: false, video: false });
  expect(within(tile(false)).getByText("Microphone off")).toBeTruthy();
  expect(within(tile(false)).queryByLabelText("Camera of Grace Hopper")).toBeNull();
  expect(pressed("Microphone")).toBe("false");
});

test("switches are told to the others", async () => {
  const { user } = await inCall({ choice: fullChoice() });
  await user.click(screen.getByRole("button", { name: "Microphone" }));
  expect(pressed("Microphone")).toBe("false");
  await user.click(screen.getByRole("button", { name: "Camera" }));
  expect(sent("call.media").at(-1)).toEqual({ type: "call.media", audio: false, video: false, screen: false });
});

test("keys switch from anywhere; without Alt and Shift they are letters", async () => {
  const { user } = await inCall({ choice: fullChoice() });
  await user.keyboard("{Alt>}{Shift>}[KeyM]{/Shift}{/Alt}");
  expect(pressed("Microphone")).toBe("false");
  await user.keyboard("{Alt>}{Shift>}[KeyV]{/Shift}{/Alt}");
  expect(pressed("Camera")).toBe("false");
  await user.keyboard("[KeyM]{Alt>}[KeyM]{/Alt}");
  expect(pressed("Microphone")).toBe("false");
});

test("a shared screen stands beside the camera", async () => {
  await inCall();
  tell(me, { ...other, screen: true });
  expect(screen.getByLabelText("Screen of Grace Hopper")).toBeTruthy();
  expect(screen.getByLabelText("Camera of Grace Hopper")).toBeTruthy();
});

test("a connection that is lost says so", async () => {
  await inCall();
  act(() => connections[0]?.become("disconnected"));
  expect(tile(false).dataset.link).toBe("reconnecting");
  expect(within(tile(false)).getByText("Reconnecting")).toBeTruthy();
});

test("sound that the browser holds back comes after a click", async () => {
  play = () => Promise.reject(new DOMException("gesture", "NotAllowedError"));
  const { user } = await inCall();
  const button = await screen.findByRole("button", { name: "Click to hear" });
  play = () => Promise.resolve();
  await user.click(button);
  await waitFor(() => expect(screen.queryByRole("button", { name: "Click to hear" })).toBeNull());
});

test("a device that cannot be had is explained; the call goes on", async () => {
  devices.microphone = "NotAllowedError";
  const { user } = await inCall();
  await user.click(screen.getByRole("button", { name: "Microphone" }));
  expect(await screen.findByText(/The microphone is blocked/)).toBeTruthy();
  expect(tile(false)).toBeTruthy();
});

test("a camera chosen while it is off stays chosen", async () => {
  const { user } = await inCall();
  await user.click(screen.getByRole("button", { name: "Devices" }));
  const choice = await screen.findByTestId<HTMLSelectElement>("choose-camera");
  await within(choice).findByText("Other camera");
  await user.selectOptions(choice, "cam-2");
  expect(choice.value).toBe("cam-2");
  expect(devices.asked).toEqual([]);
});

test("leaving hangs up and gives the devices back; rejoining brings them again", async () => {
  const choice = fullChoice();
  const { user } = await inCall({ choice });
  await user.click(screen.getByRole("button", { name: "Leave the call" }));
  expect(sent("call.leave")).toHaveLength(1);
  expect([choice.microphone?.readyState, choice.camera?.readyState]).toEqual(["ended", "ended"]);
  tell(other);
  expect(screen.getByText("In the call: Grace Hopper")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Rejoin the call" }));
  await waitFor(() => expect(sent("call.join")).toHaveLength(2));
  tell(other, me);
  await waitFor(() => expect([pressed("Microphone"), pressed("Camera")]).toEqual(["true", "true"]));
});

test("a reload leads back in as one was: muted, camera on", async () => {
  const { user, unmount } = await inCall({ choice: fullChoice() });
  await user.click(screen.getByRole("button", { name: "Microphone" }));
  unmount();
  await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
  await inCall({ choice: null });
  await waitFor(() => expect([pressed("Microphone"), pressed("Camera")]).toEqual(["false", "true"]));
  expect(devices.asked).toEqual(["camera"]);
});

test("a reload after hanging up does not call again", async () => {
  const { user, unmount } = await inCall();
  await user.click(screen.getByRole("button", { name: "Leave the call" }));
  unmount();
  await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
  await open({ choice: null });
  expect(screen.getByText("You are not in the call")).toBeTruthy();
  expect(sent("call.join")).toEqual([]);
});

test("a full call says so and can be tried again", async () => {
  const { user } = await open();
  await waitFor(() => expect(sent("call.join")).toHaveLength(1));
  say({ type: "error", code: "call_full", message: "The call is full: 4 can take part." });
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(sent("call.join")).toHaveLength(2));
});

test("a server that gives no way in is told apart", async () => {
  await open({ call: refusal(503, "unavailable", "Later.") });
  expect(await screen.findByText("The call could not be reached")).toBeTruthy();
});

test("observers are not in the call and are asked for nothing", async () => {
  await open({ role: "observer" });
  expect(screen.getByText(/Observers watch the work/)).toBeTruthy();
  expect(frames()).toEqual([]);
});

test("the end of the session hangs up and gives the devices back", async () => {
  const choice = fullChoice();
  await inCall({ choice });
  say({ type: "session.ended", session: session({ status: "completed" }) });
  expect(choice.camera?.readyState).toBe("ended");
  expect(connections[0]?.signalingState).toBe("closed");
});

test("so does an end that was missed: coming back, one is only told that it is over", async () => {
  const choice = fullChoice();
  await inCall({ choice });
  act(() => FakeSocket.last.end(4409));
  await waitFor(() => expect(choice.camera?.readyState).toBe("ended"));
  expect(choice.microphone?.readyState).toBe("ended");
  expect(connections[0]?.signalingState).toBe("closed");
  expect(screen.getByText("The session has ended.")).toBeTruthy();
});
