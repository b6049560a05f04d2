import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { RoomProvider, type ServerEvent } from "@/features/room/events/room-context";
import { FakeSocket } from "@/features/room/testing/fake-socket";
import { fakeServer, refusal, Status } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session, untouched } from "@/lib/testing/samples";

import type { ChatMessage } from "./api";
import { ChatPanel } from "./chat-panel";
import { useDelivery } from "./use-delivery";
import { useUnread } from "./use-unread";

const POST = "POST /api/sessions/s-1/messages";
const GET = "GET /api/sessions/s-1/messages";

const said = (seq: number, text: string, by: { id: string; name: string } = grace): ChatMessage => ({
  id: `m${seq}`,
  seq,
  personId: by.id,
  name: by.name,
  text,
  createdAt: new Date(Date.UTC(2026, 10, 23, 10, seq)).toISOString(),
  ...untouched,
});
/** As the server stores what the browser posts: with the id that it was given. */
const stored = (seq: number) => ({ body }: { body: unknown }) => {
  const { text, clientId } = body as { text: string; clientId: string };
  return new Status(201, { message: { ...said(seq, text, ada), id: clientId } });
};
const texts = (asked: readonly { method: string; body: unknown }[]): unknown[] =>
  asked.filter(({ method }) => method === "POST").map(({ body }) => (body as { text: string }).text);
const person = (who: { id: string; name: string }, role: "host" | "candidate" | "observer", color: number) => ({
  id: who.id,
  name: who.name,
  profileImage: null,
  role,
  color,
  online: true,
  waiting: false,
  reading: false,
});

function say(event: ServerEvent): void {
  act(() => FakeSocket.last.say(JSON.stringify(event)));
}
const hear = (message: ChatMessage): void => say({ type: "chat.message", message });
const frames = (): unknown[] => FakeSocket.last.sent.map((frame) => JSON.parse(frame as string) as unknown);

function hello(messages: ChatMessage[], role: "host" | "observer" = "host", status: "active" | "completed" = "active"): void {
  say({
    type: "hello",
    me: { id: ada.id, name: ada.name, role, color: 0, connectionId: "c1" },
    people: [person(ada, role === "host" ? "host" : "observer", 0), person(grace, "candidate", 1)],
    state: { session: session({ status }), messages, messagesBefore: messages[0]?.seq ?? null, runs: [], peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
}

/** The room with the chat out of sight. */
function Elsewhere() {
  useDelivery();
  return null;
}

function Unread({ visible }: { visible: boolean }) {
  return <output>unread {useUnread(visible)}</output>;
}

function open(
  messages: ChatMessage[] = [],
  inside = <ChatPanel />,
  role: "host" | "observer" = "host",
  status: "active" | "completed" = "active",
) {
  FakeSocket.install();
  const page = renderPage(
    <RoomProvider sessionId="s-1" waiting={() => <p>connecting</p>}>
      {inside}
    </RoomProvider>,
  );
  act(() => FakeSocket.last.accept());
  hello(messages, role, status);
  return page;
}

const shown = (): string[] => screen.queryAllByTestId("chat-message").map((one) => one.textContent);

beforeEach(() => {
  vi.stubGlobal("WebSocket", undefined);
});

test("a message is sent with Enter, seen at once, and stands once when the room hears of it", async () => {
  const asked = fakeServer({ "GET /api/config": config, [POST]: stored(2) });
  const { user } = open([said(1, "welcome")]);
  await user.type(screen.getByLabelText("Message"), "hello there{Enter}");
  expect(shown()).toEqual(["welcome", "hello there"]);
  await waitFor(() => expect(texts(asked)).toEqual(["hello there"]));
  const { clientId, attachments } = asked.at(-1)!.body as { clientId: string; attachments: unknown };
  expect(clientId).toMatch(/^[0-9a-f]{32}$/);
  expect(attachments).toEqual([]);
  hear({ ...said(2, "hello there", ada), id: clientId });
  await waitFor(() => expect(screen.queryByTestId("chat-pending")).toBeNull());
  expect(shown()).toEqual(["welcome", "hello there"]);
  expect(screen.getByLabelText<HTMLTextAreaElement>("Message").value).toBe("");
});

test("Shift+Enter makes a line; blanks alone are not sent", async () => {
  const asked = fakeServer({ "GET /api/config": config, [POST]: stored(1) });
  const { user } = open();
  expect(screen.getByText("No messages yet")).toBeTruthy();
  await user.type(screen.getByLabelText("Message"), " {Enter}a{Shift>}{Enter}{/Shift}b{Enter}");
  await waitFor(() => expect(texts(asked)).toEqual([" a\nb"]));
});

test("what could not be sent says why and can be sent again, edited or thrown away", async () => {
  let answer: unknown = refusal(429, "too_fast", "You write too fast. Wait a moment.");
  fakeServer({ "GET /api/config": config, [POST]: () => answer });
  const { user } = open();
  await user.type(screen.getByLabelText("Message"), "important{Enter}");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("You write too fast");
  await user.click(within(alert).getByRole("button", { name: "Edit" }));
  expect(screen.getByLabelText<HTMLTextAreaElement>("Message").value).toBe("important");
  expect(shown()).toEqual([]);
  await user.type(screen.getByLabelText("Message"), "{Enter}");
  answer = new Status(201, { message: said(1, "important", ada) });
  await user.click(within(await screen.findByRole("alert")).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByTestId("chat-pending")).toBeNull());
  expect(shown()).toEqual(["important"]);
});

test("what waits goes out when the room is back, though the chat is out of sight", async () => {
  const asked = fakeServer({ "GET /api/config": config, [POST]: refusal(503, "unavailable", "Not now.") });
  const posts = (text: string) => asked.filter(({ method, body }) => method === "POST" && (body as { text: string }).text === text).length;
  const { user, unmount } = open([], <ChatPanel />);
  await user.type(screen.getByLabelText("Message"), "lost{Enter}");
  await user.type(screen.getByLabelText("Message"), "arrived{Enter}");
  expect((await screen.findAllByText(/goes out as soon as/)).length).toBe(2);
  unmount();
  const kept = JSON.parse(sessionStorage.getItem(`chat.outbox.s-1.${ada.id}`)!) as { id: string; text: string }[];
  const { id } = kept.find(({ text }) => text === "arrived")!;
  open([{ ...said(1, "arrived", ada), id }], <Elsewhere />);
  await waitFor(() => expect(posts("lost")).toBe(2));
  expect(posts("arrived")).toBe(0);
});

test("what is typed survives a reload, apart from what was sent", async () => {
  fakeServer({ "GET /api/config": config });
  const { user, unmount } = open();
  await user.type(screen.getByLabelText("Message"), "half a thou");
  unmount();
  open();
  expect(screen.getByLabelText<HTMLTextAreaElement>("Message").value).toBe("half a thou");
});

test("a message too long is not sent, and says by how much", async () => {
  const asked = fakeServer({ "GET /api/config": { ...config, limits: { ...config.limits, chatTextMax: 10 } } });
  const { user } = open();
  await waitFor(() => expect(asked).toHaveLength(1));
  await user.type(screen.getByLabelText("Message"), "123456789012");
  expect(await screen.findByText(/2 characters too many/)).toBeTruthy();
  await user.keyboard("{Enter}");
  expect(asked.filter(({ method }) => method === "POST")).toEqual([]);
});

test("older pages come on request, in front, without repetition", async () => {
  const asked = fakeServer({ "GET /api/config": config, [GET]: { messages: [said(1, "one"), said(2, "two")], before: null } });
  const { user } = open([said(3, "three")]);
  await user.click(screen.getByTestId("chat-older"));
  await waitFor(() => expect(shown()).toEqual(["one", "two", "three"]));
  expect(asked.find(({ path }) => path.endsWith("/messages"))?.query.get("before")).toBe("3");
  expect(screen.queryByTestId("chat-older")).toBeNull();
});

test("typing is told to the others and shown of them", async () => {
  fakeServer({ "GET /api/config": config });
  const { user } = open();
  await user.type(screen.getByLabelText("Message"), "hm");
  expect(frames()).toEqual([{ type: "chat.typing", typing: true }]);
  await user.clear(screen.getByLabelText("Message"));
  expect(frames().at(-1)).toEqual({ type: "chat.typing", typing: false });
  say({ type: "chat.typing", personId: grace.id, typing: true });
  expect(screen.getByTestId("chat-typing").textContent).toBe("Grace Hopper is typing");
  hear(said(1, "so"));
  expect(screen.getByTestId("chat-typing").textContent).toBe("");
});

test("new messages of others are read out; history and one's own are not", () => {
  fakeServer({ "GET /api/config": config });
  open([said(1, "before")]);
  const log = screen.getByRole("log");
  expect(log.textContent).toBe("");
  hear(said(2, "news"));
  hear(said(3, "mine", ada));
  expect(log.textContent).toBe("Grace Hopper says: news");
  hear(said(4, "use <b>bold</b> and <0/>"));
  expect(log.textContent).toContain("says: use <b>bold</b> and <0/>");
});

test("links open elsewhere and tell nothing of us; hostile ones are text", () => {
  fakeServer({ "GET /api/config": config });
  open([said(1, "see https://example.org/x and javascript:alert(1) <img src=x onerror=alert(1)>")]);
  const link = screen.getByRole("link");
  expect(link.getAttribute("href")).toBe("https://example.org/x");
  expect(link.getAttribute("rel")).toBe("noopener noreferrer nofollow");
  expect(link.getAttribute("target")).toBe("_blank");
  expect(document.querySelector("img")).toBeNull();
});

test("a block of code can be copied as it is", async () => {
  fakeServer({ "GET /api/config": config });
  const { user } = open([said(1, "```python\n  print(1)\n```")]);
  await user.click(within(screen.getByTestId("chat-code")).getByRole("button", { name: "Copy code" }));
  expect(await navigator.clipboard.readText()).toBe("  print(1)");
});

test.each([
  ["observer", "active", /Observers read along/],
  ["host", "completed", /The session has ended/],
] as const)("%s of a session that is %s only reads", (role, status, words) => {
  fakeServer({ "GET /api/config": config });
  open([said(1, "welcome")], <ChatPanel />, role, status);
  expect(shown()).toEqual(["welcome"]);
  expect(screen.getByTestId("chat-read-only").textContent).toMatch(words);
  expect(screen.queryByLabelText("Message")).toBeNull();
});

test("unread: what others write while the chat is out of sight, also in the tab's title", () => {
  document.title = "Room";
  const { unmount } = open([said(1, "history")], <Unread visible={false} />);
  expect(screen.getByText("unread 0")).toBeTruthy();
  hear(said(2, "one"));
  hear(said(3, "two"));
  hear(said(4, "own", ada));
  expect(screen.getByText("unread 2")).toBeTruthy();
  expect(document.title).toBe("(2) Room");
  unmount();
  expect(document.title).toBe("Room");
});

test("unread: nothing while one looks at it", () => {
  open([], <Unread visible />);
  hear(said(1, "one"));
  expect(screen.getByText("unread 0")).toBeTruthy();
});

test("unread: a reload keeps the count, also of a chat that was empty at first", () => {
  const { unmount } = open([], <Unread visible={false} />);
  hear(said(1, "one"));
  hear(said(2, "two"));
  unmount();
  open([said(1, "one"), said(2, "two")], <Unread visible={false} />);
  expect(screen.getByText("unread 2")).toBeTruthy();
});
