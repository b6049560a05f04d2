/** What those who interview have in the room, and what the others see of it. */
import { act, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import { type Asked, fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config, grace, session } from "@/lib/testing/samples";
import { Toaster } from "@/ui/toast";

import { read, STEP_1, STEP_2, SYNC, sync, UPDATE } from "../doc/wire";
import { type Role, RoomProvider, type Session } from "../events/room-context";
import { PlaceProvider } from "../pads/place";
import type { Pad } from "../doc/shared-pads";
import { FakeSocket } from "../testing/fake-socket";
import { GuidePanel } from "./guide-panel";
import { LockButton } from "./lock-button";
import { NotesPanel } from "./notes-panel";
import { RecordNotes } from "./record-notes";
import { SettingsNotice } from "./settings-notice";
import { StaffProvider } from "./staff-context";
import { Timer } from "./timer";

vi.mock("../doc/document-context", () => ({ useDocumentView: () => ({ ...view }) }));

const { view } = vi.hoisted(() => ({
  view: { language: "java", activeFile: null, activePad: "", pads: [] as Pad[], paths: [], touched: new Set<string>() },
}));

const START = "2026-11-23T12:00:00Z";
const at = (ms: number) => new Date(Date.parse(START) + ms).toISOString();

let asked: Asked[];

beforeEach(() => {
  // Notes are written under a clock of the server's that is an hour ahead of this computer's.
  vi.useFakeTimers({ now: Date.parse(START) - 3_600_000, toFake: ["Date", "setInterval", "clearInterval"] });
  FakeSocket.install();
  asked = fakeServer({ "GET /api/config": config, "GET /api/languages": { languages: [], unavailable: null }, "PATCH /api/sessions/s-1": { session: session() } });
});

afterEach(() => {
  vi.useRealTimers();
});

const events = () => FakeSocket.all.find(({ url }) => url.endsWith("/events"))!;
const staffSockets = () => FakeSocket.all.filter(({ url }) => url.includes("/staff"));
const say = (event: unknown) => act(() => events().say(JSON.stringify(event)));

const me = (role: Role) => ({ id: ada.id, name: ada.name, role, color: 0, connectionId: "c1" });

function room(role: Role, what: React.ReactNode, changes: Partial<Session> = {}) {
  const page = renderPage(
    <RoomProvider sessionId="s-1" waiting={() => null}>
      <PlaceProvider>
        <StaffProvider>{what}</StaffProvider>
      </PlaceProvider>
      <Toaster />
    </RoomProvider>,
  );
  act(() => events().accept());
  const state = { session: session({ startedAt: START, ...changes }), messages: [], messagesBefore: null, runs: [], peers: [], recording: false };
  say({ type: "hello", me: me(role), people: [], state, serverTime: START });
  return page;
}

const changed = (changes: Partial<Session>) => say({ type: "session.changed", session: session({ startedAt: START, ...changes }) });
const pass = (ms: number) =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });
const patched = () => asked.filter(({ method }) => method === "PATCH").map(({ body }) => body);

/** The other end of the staff's document. */
function serving(doc: Y.Doc): void {
  const socket = staffSockets().at(-1)!;
  socket.onsent = (data) => {
    const message = read((data as Uint8Array).slice().buffer);
    if (message?.type !== SYNC) return;
    if (message.step === STEP_1) act(() => socket.say(sync(STEP_2, Y.encodeStateAsUpdate(doc))));
    else Y.applyUpdate(doc, message.payload);
  };
  act(() => {
    socket.accept();
    socket.say(sync(STEP_1, Y.encodeStateVector(doc)));
  });
}

const textsOf = (doc: Y.Doc) => doc.getArray<Y.Map<unknown>>("notes").map((note) => [note.get("at"), String(note.get("text"))]);

test("a note is stamped by the server's clock, and what the other interviewer writes comes in", async () => {
  const { user } = room("host", <NotesPanel />);
  const doc = new Y.Doc();
  serving(doc);
  expect(await screen.findByText("No notes yet")).toBeTruthy();
  pass(65_000);
  await user.type(screen.getByLabelText("New note"), "Asks first{Enter}");
  expect(textsOf(doc)).toEqual([[Date.parse(START) + 65_000, "Asks first"]]);
  expect(screen.getByRole("textbox", { name: "Note at 1:05, You" })).toHaveProperty("value", "Asks first");

  const before = Y.encodeStateVector(doc);
  const text = doc.getArray<Y.Map<Y.Text>>("notes").get(0).get("text")!;
  text.insert(0, "Cleo: ");
  act(() => staffSockets()[0]!.say(sync(UPDATE, Y.encodeStateAsUpdate(doc, before))));
  expect(screen.getByRole("textbox", { name: "Note at 1:05, You" })).toHaveProperty("value", "Cleo: Asks first");

  await user.click(screen.getByRole("button", { name: "Delete the note at 1:05" }));
  await user.click(await screen.findByRole("button", { name: "Delete" }));
  expect(textsOf(doc)).toEqual([]);
});

test("nobody else connects to the notes, and who is no interviewer any more lets go of them", () => {
  room("candidate", null);
  expect(staffSockets()).toEqual([]);
  say({ type: "me", me: me("interviewer") });
  expect(staffSockets()).toHaveLength(1);
  expect(staffSockets()[0]?.url).toContain("/api/sessions/s-1/staff?acks=1");
  say({ type: "me", me: me("observer") });
  expect(staffSockets()).toHaveLength(1);
  expect(staffSockets()[0]?.closed).toBe(true);
});

test("hints are closed until one is asked for, and the solution is in the room's language", async () => {
  const hints = [{ title: "First nudge", text: "Ask for **one** pair." }];
  fakeServer({
    "GET /api/sessions/s-1/guide": { pads: [{ pad: "", problem: "two-sum", title: "Two Sum", hints, solutions: { python: "def two_sum", java: "class Solution" } }] },
    "GET /api/languages": { languages: [{ id: "java", name: "Java", version: "21", monaco: "java", fileName: "Main.java" }], unavailable: null },
  });
  const { user } = room("interviewer", <GuidePanel />);
  const hint = (await screen.findByText("First nudge")).closest("details");
  expect(hint?.open).toBe(false);
  await user.click(screen.getByText("First nudge"));
  expect(hint?.open).toBe(true);
  const solution = screen.getByLabelText("Solution");
  expect(solution.textContent).toBe("class Solution");
  await user.selectOptions(screen.getByLabelText("Language of the solution"), "python");
  expect(solution.textContent).toBe("def two_sum");
});

test("every pad has its guide, that of the pad in view first, in its own language", async () => {
  const added = { id: "p2", title: "Valid Anagram", problem: "valid-anagram", language: "python", activeFile: null };
  view.pads = [added];
  view.activePad = "p2";
  fakeServer({
    "GET /api/sessions/s-1/guide": {
      pads: [
        { pad: "", problem: "two-sum", title: "Two Sum", hints: [], solutions: { python: "def two_sum", java: "class TwoSum" } },
        { pad: "p2", problem: "valid-anagram", title: "Valid Anagram", hints: [], solutions: { python: "def anagram", java: "class Anagram" } },
      ],
    },
    "GET /api/languages": { languages: [], unavailable: null },
  });
  room("interviewer", <GuidePanel />);
  await screen.findByText("Two Sum");
  expect(screen.getAllByRole("heading").map((heading) => heading.textContent)).toEqual(["Valid Anagram", "Two Sum"]);
  expect(screen.getAllByLabelText("Solution").map((solution) => solution.textContent)).toEqual(["def anagram", "class TwoSum"]);
  view.pads = [];
  view.activePad = "";
});

test("a problem without hints says so; a guide that cannot be fetched can be asked for again", async () => {
  fakeServer({ "GET /api/sessions/s-1/guide": refusal(503, "unavailable", "Later.") });
  const { user } = room("interviewer", <GuidePanel />);
  await screen.findByText("Later.");
  fakeServer({ "GET /api/sessions/s-1/guide": { pads: [] } });
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("No hints for this problem")).toBeTruthy();
});

test("the lock is asked of the server, and shown when the room says so", async () => {
  const { user } = room("interviewer", <LockButton />);
  const button = screen.getByRole("button", { name: "Lock the document for candidates" });
  await user.click(button);
  expect(patched()).toEqual([{ locked: true }]);
  expect(button.getAttribute("aria-pressed")).toBe("false");
  changed({ locked: true });
  expect(button.getAttribute("aria-pressed")).toBe("true");
  await user.click(button);
  expect(patched().at(-1)).toEqual({ locked: false });
});

test("a lock that is refused is said", async () => {
  fakeServer({ "PATCH /api/sessions/s-1": refusal(403, "forbidden", "You may not.") });
  const { user } = room("interviewer", <LockButton />);
  await user.click(screen.getByRole("button", { name: "Lock the document for candidates" }));
  expect(await screen.findByText("You may not.")).toBeTruthy();
});

test("the timer counts down by the server's clock, is said when little is left, and stops at nothing", () => {
  room("candidate", <><Timer /><SettingsNotice /></>);
  expect(screen.queryByRole("timer")).toBeNull();
  changed({ timer: { running: true, endsAt: at(301_000), remainingMs: 0 } });
  const clock = screen.getByRole("timer", { name: "Time left" });
  expect(clock.textContent).toBe("5:01");
  expect(screen.getByRole("status").textContent).toBe("");
  pass(1000);
  expect(clock.textContent).toBe("5:00");
  expect(screen.getByRole("status").textContent).toBe("Less than 5 minutes left.");
  changed({ timer: { running: true, endsAt: at(62_000), remainingMs: 0 } });
  pass(1000);
  expect(screen.getByRole("status").textContent).toBe("Less than a minute left.");
  changed({ timer: { running: true, endsAt: at(4000), remainingMs: 0 } });
  pass(3000);
  expect(clock.textContent).toBe("0:00");
  expect(screen.getByRole("status").textContent).toBe("The time is up.");
  changed({ timer: { running: false, endsAt: null, remainingMs: 90_000 } });
  expect(screen.getByRole("timer", { name: "Time left, paused" }).textContent).toBe("1:30");
  pass(5000);
  expect(screen.getByRole("timer").textContent).toBe("1:30");
});

test("those who interview set the timer", async () => {
  const { user } = room("host", <Timer />);
  const choose = async (name: string) => {
    await user.click(screen.getByRole("button", { name: /^Time/ }));
    await user.click(screen.getByRole("menuitem", { name, hidden: true }));
  };
  await choose("Timer: 45 minutes");
  changed({ timer: { running: true, endsAt: at(45 * 60_000), remainingMs: 0 } });
  await choose("5 minutes more");
  await choose("Pause");
  changed({ timer: { running: false, endsAt: null, remainingMs: 60_000 } });
  await choose("Go on");
  await choose("Take the timer away");
  await choose("Quiet time: 5 minutes");
  changed({ quietUntil: at(60_000) });
  await choose("End the quiet time");
  await choose("Lock the document");
  changed({ locked: true });
  await choose("Let candidates write again");
  expect(patched()).toEqual([
    { timer: { running: true, remainingMs: 45 * 60_000 } },
    { timer: { running: true, remainingMs: 50 * 60_000 } },
    { timer: { running: false } },
    { timer: { running: true } },
    { timer: null },
    { quietMinutes: 5 },
    { quietMinutes: null },
    { locked: true },
    { locked: false },
  ]);
});

test("what is set is said to the candidate, and goes by itself", () => {
  room("candidate", <SettingsNotice />, { locked: true, quietUntil: at(2000) });
  expect(screen.getByText(/^The code is locked: you can read/)).toBeTruthy();
  expect(screen.getByText(/^Quiet time: think in peace/)).toBeTruthy();
  pass(2500);
  expect(screen.queryByText(/^Quiet time/)).toBeNull();
  changed({ locked: false });
  expect(screen.queryByText(/locked/)).toBeNull();
});

test("afterwards the notes stand with the session, oldest first and by name", async () => {
  fakeServer({
    "GET /api/sessions/s-1/notes": {
      notes: [
        { id: "1", personId: ada.id, at: at(-5000), text: "Prepared." },
        { id: "2", personId: "u-gone", at: at(3_725_000), text: "Two\nlines." },
      ],
    },
  });
  renderPage(<RecordNotes session={session({ startedAt: START, participants: [grace] })} />);
  expect(await screen.findByText("Prepared.")).toBeTruthy();
  const items = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
  expect(items).toEqual(["−0:05Ada LovelacePrepared.", "1:02:05SomebodyTwo\nlines."]);
});
