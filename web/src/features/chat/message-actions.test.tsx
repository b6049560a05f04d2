import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { RoomProvider, type ServerEvent } from "@/features/room/events/room-context";
import { FakeSocket } from "@/features/room/testing/fake-socket";
import { fakeServer, refusal, Status } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session, untouched } from "@/lib/testing/samples";

import type { ChatMessage } from "./api";
import { ChatPanel } from "./chat-panel";
import { useDelivery } from "./use-delivery";

const BASE = "/api/sessions/s-1";
const FILE = { id: "f1", name: "trace.log", mediaType: "application/octet-stream", size: 2_000, width: null, height: null };
const PICTURE = { id: "f2", name: "board.png", mediaType: "image/webp", size: 9_000, width: 1600, height: 800 };

const said = (seq: number, text: string, by: { id: string; name: string } = grace, more: Partial<ChatMessage> = {}): ChatMessage => ({
  id: `m${seq}`,
  seq,
  personId: by.id,
  name: by.name,
  text,
  createdAt: new Date(Date.UTC(2026, 10, 23, 10, seq)).toISOString(),
  ...untouched,
  ...more,
});

function say(event: ServerEvent): void {
  act(() => FakeSocket.last.say(JSON.stringify(event)));
}

function hello(messages: ChatMessage[], role: "host" | "observer"): void {
  const person = (who: { id: string; name: string }, as: "host" | "candidate" | "observer", color: number) => ({ id: who.id, name: who.name, profileImage: null, role: as, color, online: true, waiting: false, reading: false });
  say({
    type: "hello",
    me: { id: ada.id, name: ada.name, role, color: 0, connectionId: "c1" },
    people: [person(ada, role, 0), person(grace, "candidate", 1)],
    state: { session: session(), messages, messagesBefore: messages[0]?.seq ?? null, runs: [], peers: [], recording: false, activity: [] },
    serverTime: "2026-11-23T12:00:00Z",
  });
}

function Inside() {
  useDelivery();
  return <ChatPanel />;
}

function open(messages: ChatMessage[], role: "host" | "observer" = "host") {
  FakeSocket.install();
  const page = renderPage(
    <RoomProvider sessionId="s-1" waiting={() => <p>connecting</p>}>
      <Inside />
    </RoomProvider>,
  );
  act(() => FakeSocket.last.accept());
  hello(messages, role);
  return page;
}

const shown = (): string[] => screen.queryAllByTestId("chat-message").map((one) => one.textContent);

beforeEach(() => {
  vi.stubGlobal("WebSocket", undefined);
});

test("one's own message is edited in its place; an older account of it changes nothing", async () => {
  const mine = said(1, "helo", ada);
  const edited = { ...mine, text: "hello", rev: 1, editedAt: "2026-11-23T10:05:00Z" };
  const asked = fakeServer({ "GET /api/config": config, [`PATCH ${BASE}/messages/m1`]: { message: edited } });
  const { user } = open([mine]);
  await user.click(screen.getByTestId("chat-actions"));
  await user.click(screen.getByRole("button", { name: "Edit" }));
  const input = screen.getByLabelText("Edit the message");
  expect(document.activeElement).toBe(input);
  await user.clear(input);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save" }).disabled).toBe(true);
  await user.type(input, "hello{Enter}");
  await waitFor(() => expect(shown()).toEqual(["helloedited"]));
  expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ text: "hello" });
  say({ type: "chat.changed", message: { ...mine, text: "stale", rev: 0 } });
  expect(shown()).toEqual(["helloedited"]);
});

test("Escape leaves a message as it was, and what the server refuses is said there", async () => {
  const asked = fakeServer({ "GET /api/config": config, [`PATCH ${BASE}/messages/m1`]: refusal(429, "too_fast", "You change too much at once.") });
  const { user } = open([said(1, "one", ada)]);
  const edit = async (keys: string) => {
    await user.click(screen.getByTestId("chat-actions"));
    await user.click(screen.getByRole("button", { name: "Edit" }));
    await user.type(screen.getByLabelText("Edit the message"), keys);
  };
  await edit("!{Escape}");
  expect(shown()).toEqual(["one"]);
  await edit("!{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("too much at once");
  expect(screen.getByLabelText<HTMLTextAreaElement>("Edit the message").value).toBe("one!");
  expect(asked.filter(({ method }) => method === "PATCH")).toHaveLength(1);
});

test("one's own message is deleted after a question; that there was one stays", async () => {
  const mine = said(1, "secret", ada);
  fakeServer({ "GET /api/config": config, [`DELETE ${BASE}/messages/m1`]: { message: { ...mine, text: "", rev: 1, deletedAt: "2026-11-23T10:05:00Z" } } });
  const { user } = open([mine, said(2, "ok")]);
  await user.click(screen.getAllByTestId("chat-actions")[0]!);
  await user.click(screen.getByRole("button", { name: "Delete" }));
  const dialog = await screen.findByRole("dialog");
  expect(shown()).toEqual(["secret", "ok"]);
  await user.click(within(dialog).getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(shown()).toEqual(["Message deleted", "ok"]));
  expect(screen.getAllByTestId("chat-actions")).toHaveLength(1); // nothing can be done with what is gone
});

test("others' messages can only be answered", async () => {
  const message = said(1, "well?");
  const given = { ...message, rev: 1, reactions: [{ emoji: "👍", people: [ada.id] }] };
  const path = `${BASE}/messages/m1/reactions/${encodeURIComponent("👍")}`;
  const asked = fakeServer({ "GET /api/config": config, [`PUT ${path}`]: { message: given }, [`DELETE ${path}`]: { message: { ...message, rev: 2 } } });
  const { user } = open([message]);
  await user.click(screen.getByRole("button", { name: "React to the message of Grace Hopper" }));
  expect(screen.queryByRole("button", { name: "Edit" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Delete" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Thumbs up" }));
  const mine = await screen.findByRole("button", { name: "Thumbs up by you", pressed: true });
  say({ type: "chat.changed", message: { ...given, reactions: [{ emoji: "👍", people: [ada.id, grace.id, "gone"] }] } });
  await user.click(mine);
  await waitFor(() => expect(screen.queryByRole("list", { name: "Reactions" })).toBeNull());
  expect(asked.map(({ method }) => method).filter((one) => one !== "GET")).toEqual(["PUT", "DELETE"]);
});

test("who only watches sees reactions and files, and can press nothing", () => {
  fakeServer({ "GET /api/config": config });
  open([said(1, "look", grace, { attachments: [FILE], reactions: [{ emoji: "🎉", people: [grace.id, "unknown"] }], rev: 1 })], "observer");
  expect(screen.queryByTestId("chat-actions")).toBeNull();
  expect(screen.getByRole("img", { name: "Hooray by Grace Hopper, somebody" })).toBeTruthy();
  expect(screen.getByTestId("chat-file")).toBeTruthy();
});

test("a picture is shown, whatever else it is a download", () => {
  fakeServer({ "GET /api/config": config });
  open([said(1, "", grace, { attachments: [PICTURE, FILE] })]);
  const picture = within(screen.getByTestId("chat-picture")).getByRole<HTMLImageElement>("img");
  expect(picture.getAttribute("src")).toBe(`${BASE}/attachments/f2`);
  expect([picture.alt, picture.width, picture.height]).toEqual(["board.png", 320, 160]);
  const file = screen.getByRole("link", { name: /Download trace.log, 2 kB/ });
  expect(file.getAttribute("href")).toBe(`${BASE}/attachments/f1`);
  expect(file.getAttribute("download")).toBe("trace.log");
  expect(document.querySelectorAll("img")).toHaveLength(1);
});

test("files are uploaded as they are chosen, and go with the message", async () => {
  const asked = fakeServer({
    "GET /api/config": config,
    [`POST ${BASE}/attachments`]: new Status(201, { attachment: FILE }),
    [`POST ${BASE}/messages`]: ({ body }: { body: unknown }) =>
      new Status(201, { message: said(1, "", ada, { id: (body as { clientId: string }).clientId, attachments: [FILE] }) }),
  });
  const { user } = open([]);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
  await waitFor(() => expect(asked).toHaveLength(1)); // the limits are known
  await user.upload(screen.getByTestId("chat-files"), new File(["12345"], "trace.log"));
  await waitFor(() => expect(screen.getByTestId("chat-upload").dataset.state).toBe("ready"));
  expect(asked.find(({ path }) => path.endsWith("/attachments"))?.body).toEqual({ name: "trace.log", content: btoa("12345") });
  await user.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(asked.find(({ path }) => path.endsWith("/messages"))?.body).toMatchObject({ text: "", attachments: ["f1"] }));
  expect(screen.queryByTestId("chat-upload")).toBeNull();
  expect(await screen.findByTestId("chat-file")).toBeTruthy();
});

test("a file too large is not sent at all; one that fails says why and can be taken off", async () => {
  const asked = fakeServer({
    "GET /api/config": { ...config, limits: { ...config.limits, attachmentMax: 10 } },
    [`POST ${BASE}/attachments`]: refusal(409, "attachments_full", "This session has 100 MB of files: no more."),
  });
  const { user } = open([]);
  await waitFor(() => expect(asked).toHaveLength(1));
  await user.upload(screen.getByTestId("chat-files"), [new File(["12345678901"], "big.bin"), new File(["1"], "small.bin")]);
  const texts = () => screen.getAllByTestId("chat-upload").map(({ textContent }) => textContent);
  await waitFor(() => expect(texts().join()).toContain("no more"));
  expect(texts()[0]).toContain("Too large: at most 10 bytes.");
  expect(asked.filter(({ path }) => path.endsWith("/attachments"))).toHaveLength(1);
  for (const name of ["big.bin", "small.bin"]) await user.click(screen.getByRole("button", { name: `Remove ${name}` }));
  expect(screen.queryByTestId("chat-upload")).toBeNull();
});

test("what is pasted or dropped as a file is attached, at most as many as a message may have", async () => {
  const asked = fakeServer({ "GET /api/config": config, [`POST ${BASE}/attachments`]: new Status(201, { attachment: PICTURE }) });
  open([]);
  await waitFor(() => expect(asked).toHaveLength(1));
  const files = (count: number) => Array.from({ length: count }, (_, at) => new File(["x"], `${at}.png`));
  fireEvent.paste(screen.getByLabelText("Message"), { clipboardData: { files: files(1) } });
  fireEvent.drop(screen.getByLabelText("Message"), { dataTransfer: { files: files(9), types: ["Files"] } });
  expect(screen.getAllByTestId("chat-upload")).toHaveLength(4);
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Attach files" }).disabled).toBe(true);
  await waitFor(() => expect(screen.getAllByTestId("chat-upload").every(({ dataset }) => dataset.state === "ready")).toBe(true));
});

test("a message of an older page changes, too; after a time away older pages are fetched anew", async () => {
  const asked = fakeServer({ "GET /api/config": config, [`GET ${BASE}/messages`]: { messages: [said(1, "one"), said(2, "two")], before: null } });
  const { user } = open([said(3, "three")]);
  await user.click(screen.getByTestId("chat-older"));
  await waitFor(() => expect(shown()).toEqual(["one", "two", "three"]));
  say({ type: "chat.changed", message: { ...said(2, "2"), rev: 1, editedAt: "2026-11-23T10:05:00Z" } });
  expect(shown()).toEqual(["one", "2edited", "three"]);
  hello([said(3, "three")], "host");
  expect(shown()).toEqual(["three"]);
  await user.click(screen.getByTestId("chat-older"));
  await waitFor(() => expect(shown()).toEqual(["one", "two", "three"]));
  expect(asked.filter(({ path, method }) => method === "GET" && path.endsWith("/messages"))).toHaveLength(2);
});
