/** The room with a plug-in for the call and the chat built in: a tiny one that talks to nobody. */

import { act, screen, waitFor } from "@testing-library/react";
import { useEffect, useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";

import { ChatPanel } from "@/features/chat/chat-panel";
import { type ChatPlugin, ChatPluginContext, type ChatPluginProps } from "@/features/chat/plugin";
import { RoomProvider, type ServerEvent } from "@/features/room/events/room-context";
import { FakeSocket } from "@/features/room/testing/fake-socket";
import { type Asked, fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session, untouched } from "@/lib/testing/samples";

import { CallPanel } from "./call-panel";
import { CallPlug } from "./call-plug";
import { CallProvider } from "./call-provider";
import { leaveChoice } from "./media-choice";
import { type CallPlugin, CallPluginContext, type CallPluginProps } from "./plugin";
import { FakeTrack } from "./testing/fake-connection";
import { FakeDevices } from "./testing/fake-devices";

const GET_CALL = "GET /api/sessions/s-1/call";
const access = { apiKey: "key", token: "t1", userId: ada.id, callType: "default", callId: "session_1_abc" };
const inStream = { provider: "stream", iceServers: [], expiresAt: null, livekit: null, stream: access };
const withoutStream = { ...inStream, provider: "mesh", stream: null };
const streamConfig = { ...config, call: "stream", chat: "stream" };

let mounted: string[];

function Call({ access: given, me, role, start, renewToken }: CallPluginProps) {
  const [token, setToken] = useState(given.token);
  useEffect(() => {
    mounted.push("call in");
    return () => void mounted.push("call out");
  }, []);
  return (
    <div>
      {`call ${given.callType}:${given.callId} of ${me.name} as ${role}, video ${start.video}, ${token}`}
      <button type="button" onClick={() => void renewToken().then(setToken)}>
        renew
      </button>
      <input aria-label="something typed" />
    </div>
  );
}

function Chat({ access: given, me, token }: ChatPluginProps) {
  const [got, setGot] = useState("");
  useEffect(() => void token().then(setGot), [token]);
  return <p>{`chat messaging:${given.callId} of ${me.name}, ${got}`}</p>;
}

const Broken = () => {
  throw new Error("the plug-in is broken");
};

beforeEach(() => {
  mounted = [];
  FakeDevices.install();
  vi.stubGlobal("WebSocket", undefined);
  FakeSocket.install();
});

const say = (event: ServerEvent): void => act(() => FakeSocket.last.say(JSON.stringify(event)));
const sent = (): string[] => FakeSocket.last.sent.map((frame) => (JSON.parse(frame as string) as { type: string }).type);
const message = (text: string) => ({ id: "m1", seq: 1, personId: grace.id, name: grace.name, text, createdAt: "2026-11-23T12:00:01Z", ...untouched });
const peer = { connectionId: "c2", personId: grace.id, name: grace.name, audio: true, video: true, screen: false };

interface Given {
  call?: CallPlugin | null;
  chat?: ChatPlugin | null;
  server?: Record<string, unknown>;
  role?: "host" | "observer";
}

/** The panels change their place when the button is pressed. */
function Panels() {
  const [moved, setMoved] = useState(false);
  const call = <CallPanel key={String(moved)} />;
  return (
    <>
      <button type="button" onClick={() => setMoved(!moved)}>
        move
      </button>
      <div data-testid="here">{moved ? null : call}</div>
      <div data-testid="there">{moved ? call : null}</div>
      <ChatPanel />
    </>
  );
}

function open({ call = Call, chat = Chat, server = {}, role = "host" }: Given = {}) {
  const asked = fakeServer({
    "GET /api/config": streamConfig,
    [GET_CALL]: inStream,
    "GET /api/chat/token": { token: "chat token", userId: ada.id, userName: ada.name, userImage: null },
    ...server,
  });
  const page = renderPage(
    <CallPluginContext value={call && (() => Promise.resolve(call))}>
      <ChatPluginContext value={chat && (() => Promise.resolve(chat))}>
        <RoomProvider sessionId="s-1" waiting={() => null}>
          <CallPlug>
            <CallProvider>
              <Panels />
            </CallProvider>
          </CallPlug>
        </RoomProvider>
      </ChatPluginContext>
    </CallPluginContext>,
  );
  act(() => FakeSocket.last.accept());
  say({
    type: "hello",
    me: { id: ada.id, name: ada.name, role, color: 0, connectionId: "c1" },
    people: [{ ...ada, role, color: 0, online: true, waiting: false, reading: false }],
    state: { session: session(), messages: [], messagesBefore: null, runs: [], peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
  return { ...page, asked };
}

const calls = (asked: Asked[]): number => asked.filter(({ path }) => path.endsWith("/call")).length;

test("the plug-in takes the place of both panels, and our own call is not entered", async () => {
  const camera = new FakeTrack("video") as unknown as MediaStreamTrack;
  leaveChoice({ audio: false, video: true, microphone: null, camera });
  const { user } = open();
  expect(await screen.findByText(/call default:session_1_abc of Ada Lovelace as host, video true, t1/)).toBeTruthy();
  expect(await screen.findByText("chat messaging:session_1_abc of Ada Lovelace, chat token")).toBeTruthy();
  expect(screen.queryByTestId("call-panel")).toBeNull();
  expect(screen.queryByLabelText("Message")).toBeNull();
  expect(sent()).not.toContain("call.join");
  expect(camera.readyState).toBe("ended");
  fakeServer({ [GET_CALL]: { ...inStream, stream: { ...access, token: "t2" } } });
  await user.click(screen.getByText("renew"));
  expect(await screen.findByText(/t2/)).toBeTruthy();
});

test("it stays up while its panel is moved, and goes when the session ends", async () => {
  const { user } = open();
  await user.type(await screen.findByLabelText("something typed"), "kept");
  await user.click(screen.getByText("move"));
  expect(screen.getByTestId("there").contains(screen.getByLabelText("something typed"))).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>("something typed").value).toBe("kept");
  expect(mounted).toEqual(["call in"]);
  say({ type: "session.ended", session: session({ status: "completed" }) });
  expect(mounted).toEqual(["call in", "call out"]);
  expect(screen.getByTestId("chat-panel")).toBeTruthy();
});

test("without a plug-in in the build everything is ours, at once, whatever the server uses", async () => {
  open({ call: null, chat: null, server: { [GET_CALL]: withoutStream } });
  expect(screen.getByTestId("call-panel").dataset.phase).not.toBe("unknown");
  expect(screen.getByTestId("chat-panel")).toBeTruthy();
  await waitFor(() => expect(sent()).toContain("call.join"));
});

test("a plug-in of a server that does not use Stream does nothing", async () => {
  const { asked } = open({ server: { "GET /api/config": config, [GET_CALL]: withoutStream } });
  expect(await screen.findByTestId("call-panel")).toBeTruthy();
  await waitFor(() => expect(sent()).toContain("call.join"));
  expect(screen.getByTestId("chat-panel")).toBeTruthy();
  expect(calls(asked)).toBe(1); // for the ice servers
  expect(screen.queryByText(/Stream could not be reached/)).toBeNull();
});

test.each([withoutStream, refusal(503, "storage_unavailable", "Not now.")])(
  "while Stream is away the room has its own call and chat, and says so",
  async (answer) => {
    open({ server: { [GET_CALL]: answer } });
    expect(await screen.findByText(/Stream could not be reached/)).toBeTruthy();
    expect(screen.getByTestId("call-panel")).toBeTruthy();
    expect(screen.getByLabelText("Message")).toBeTruthy();
    expect(mounted).toEqual([]);
  },
);

test("where somebody is in our own call, everybody is", async () => {
  open();
  await screen.findByText(/call default/);
  say({ type: "call.state", peers: [peer] });
  expect(mounted).toEqual(["call in", "call out"]);
  await waitFor(() => expect(sent()).toContain("call.join"));
  say({ type: "call.state", peers: [] });
  expect(screen.getByTestId("call-panel")).toBeTruthy();
});

test("what somebody writes on this server is seen, and Stream's chat can still be looked at", async () => {
  const { user } = open();
  await screen.findByText(/chat messaging/);
  say({ type: "chat.message", message: message("can you read this?") });
  expect(screen.getByText("can you read this?")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Show Stream's chat" }));
  expect(await screen.findByText(/chat messaging/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Show this server's chat" }));
  expect(screen.getByText("can you read this?")).toBeTruthy();
});

test("a plug-in that breaks gives way to ours", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  open({ call: Broken, chat: Broken });
  expect(await screen.findByTestId("call-panel")).toBeTruthy();
  expect(await screen.findByLabelText("Message")).toBeTruthy();
  await waitFor(() => expect(sent()).toContain("call.join"));
});

test("a plug-in for one of both leaves the other ours", async () => {
  open({ call: null });
  expect(await screen.findByText(/chat messaging/)).toBeTruthy();
  expect(screen.getByTestId("call-panel")).toBeTruthy();
  await waitFor(() => expect(sent()).toContain("call.join"));
});

test("observers are not in Stream", async () => {
  const { asked } = open({ role: "observer" });
  await waitFor(() => expect(asked.some(({ path }) => path === "/api/config")).toBe(true));
  expect(screen.getByText(/Observers watch the work/)).toBeTruthy();
  expect(screen.getByText("Observers read along.")).toBeTruthy();
  expect(calls(asked)).toBe(0);
});
