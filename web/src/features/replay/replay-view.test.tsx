import { act, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";

import type { Run } from "@/features/execution/model";
import { renderPage } from "@/lib/testing/render-page";

import { ReplayView } from "./replay-view";
import { ada, BEGIN, grace, Scribe } from "./testing";

const HOSTILE = "</script><img src=x onerror=alert(1)>";

beforeEach(() => {
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: true, media: query, addEventListener: () => {}, removeEventListener: () => {} }));
});
afterEach(() => vi.unstubAllGlobals());

function held(): Scribe {
  const scribe = new Scribe().seed();
  const at = (ms: number, act: () => void) => {
    scribe.at = ms;
    act();
  };
  at(1000, () => scribe.log("joined", { role: "candidate" }));
  at(2000, () => scribe.by(grace.id, () => scribe.text().insert(0, "one ")));
  at(3000, () => scribe.say("m1", HOSTILE, ada.id, { editedAt: "2026-11-23T12:00:07Z" }));
  at(4000, () => scribe.by(grace.id, () => scribe.text().insert(4, HOSTILE)));
  at(5000, () => scribe.log("run.started", { runId: "r1", language: "python" }));
  at(6000, () => scribe.log("run.finished", { runId: "r1", run }));
  at(7000, () => scribe.log("paste", { chars: 120, lines: 3, from: "outside", path: "solution.py" }));
  at(8000, () => scribe.say("m2", "", grace.id, { deletedAt: "2026-11-23T12:00:50Z" }));
  at(9000, () => scribe.log("chat.edited", { messageId: "m1" }, ada.id));
  at(100_000, () => scribe.log("ended", {}, ada.id));
  return scribe;
}

const run: Run = {
  id: "r1",
  sessionId: "s-1",
  by: { id: grace.id, name: grace.name },
  language: "python",
  mode: "run",
  status: "finished",
  verdict: "wrong_answer",
  message: "It printed something.",
  compileOutput: "",
  stdout: HOSTILE,
  stderr: "",
  typed: [],
  takesInput: false,
  queuePosition: null,
  diagnostics: "",
  truncated: false,
  partial: false,
  exitCode: 0,
  signal: null,
  compileMs: null,
  timeMs: 1,
  memoryBytes: null,
  tests: [],
  passed: 0,
  total: 0,
  createdAt: "2026-11-23T12:00:05Z",
  finishedAt: "2026-11-23T12:00:06Z",
};

const show = (scribe: Scribe) => renderPage(<ReplayView track={scribe.track()} languages={[]} />);
const code = () => screen.getByTestId("replay-code").textContent;
const time = () => screen.getByTestId("replay-time").textContent;
const focusBar = () => act(() => screen.getByRole("slider").focus());

test("keys move through it: moments, changes, the ends", async () => {
  const { user } = show(held());
  focusBar();
  const seen: unknown[] = [];
  for (const key of ["m", "r", "v", "v", "{Shift>}M{/Shift}", ",", "{End}", "{Home}", "."]) {
    await user.keyboard(key);
    seen.push([key, time(), code()]);
  }
  const [one, all] = ["one pass\n", `one ${HOSTILE}pass\n`];
  expect(seen).toEqual([
    ["m", "0:03 / 1:40", one],
    ["r", "0:05 / 1:40", all],
    ["v", "0:07 / 1:40", all],
    ["v", "0:07 / 1:40", all],
    ["{Shift>}M{/Shift}", "0:03 / 1:40", one],
    [",", "0:00 / 1:40", "pass\n"],
    ["{End}", "1:40 / 1:40", all],
    ["{Home}", "0:00 / 1:40", "pass\n"],
    [".", "0:02 / 1:40", one],
  ]);
  expect(document.querySelector("img")).toBeNull();
});

test("a jump says where it led, and when there is nowhere to go", async () => {
  const { user } = show(held());
  focusBar();
  await user.keyboard("v");
  expect(screen.getByText("Grace Hopper pasted from elsewhere into solution.py (120 characters, 3 lines)", { selector: "[aria-live]" })).toBeTruthy();
  await user.keyboard("v");
  expect(screen.getByText("There is no later one.")).toBeTruthy();
  expect(screen.getByRole("slider").getAttribute("aria-valuetext")).toBe("0:07 of 1:40");
});

test("the list says all there is, and leads there", async () => {
  const { user } = show(held());
  const list = screen.getByRole("list", { name: "Moments, oldest first" });
  const said = within(list).getAllByRole("button").map((item) => item.textContent);
  expect(said).toEqual([
    "0:01Grace Hopper joined as a candidate",
    `0:03Ada Lovelace: ${HOSTILE}`,
    "0:05Grace Hopper ran the code (python): Wrong answer",
    "0:07Grace Hopper pasted from elsewhere into solution.py (120 characters, 3 lines)",
    "0:08Grace Hopper wrote a message that was deleted later",
    "0:09Ada Lovelace edited a message",
    "1:40The session was ended",
  ]);
  await user.click(within(list).getByRole("button", { name: /ran the code/ }));
  expect(time()).toBe("0:05 / 1:40");
  expect(within(list).getByRole("button", { current: "step" }).textContent).toContain("ran the code");
  await user.click(screen.getByRole("button", { name: "Pastes 1" }));
  expect(within(list).getAllByRole("listitem")).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Next moment" }));
  expect(time()).toBe("0:07 / 1:40");
});

test("chat and runs are as they were at that moment", async () => {
  const { user } = show(held());
  await user.click(screen.getByRole("tab", { name: "Chat" }));
  expect(screen.getByText("Nothing has been written yet")).toBeTruthy();
  focusBar();
  await user.keyboard("r");
  expect(screen.getAllByTestId("chat-message").map((one) => one.textContent)).toEqual([HOSTILE]);
  await user.click(screen.getByRole("tab", { name: "Runs" }));
  expect(document.querySelector("[data-run]")?.getAttribute("data-verdict")).toBe("running");
  focusBar();
  await user.keyboard("{End}");
  expect(document.querySelector("[data-run]")?.getAttribute("data-verdict")).toBe("wrong_answer");
  await user.click(screen.getByRole("tab", { name: "Chat" }));
  expect(screen.getByText("Message deleted")).toBeTruthy();
  expect(screen.getAllByTestId("chat-message").map((one) => one.textContent)).toEqual([`${HOSTILE}edited`, "Message deleted"]);
});

test("all pads are there, and one follows to the one that is shown, or stays where one went", async () => {
  const scribe = held();
  scribe.events.pop();
  scribe.at = 10_000;
  scribe.pad("p1", HOSTILE, { "a.py": "of the pad" }, { language: "java" });
  scribe.at = 11_000;
  scribe.by(ada.id, () => scribe.room.set("activePad", "p1"));
  const { user } = show(scribe);
  expect(screen.queryByRole("tablist", { name: "Problems and pads" })).toBeNull();
  focusBar();
  await user.keyboard("{End}");
  const pads = within(screen.getByRole("tablist", { name: "Problems and pads" }));
  expect(pads.getAllByRole("tab").map((tab) => [tab.textContent, tab.getAttribute("aria-selected")])).toEqual([
    ["Two Sum", "false"],
    [HOSTILE, "true"],
  ]);
  expect(within(pads.getAllByRole("tab")[1]!).getByRole("img", { name: "shown to everybody" })).toBeTruthy();
  expect([code(), screen.getByTestId("replay-language").textContent]).toEqual(["of the pad", "java"]);
  await user.click(pads.getByRole("tab", { name: "Two Sum" }));
  expect([code(), screen.getByTestId("replay-language").textContent]).toEqual([`one ${HOSTILE}pass\n`, "python"]);
  focusBar();
  await user.keyboard("{Home}{End}");
  expect(code()).toContain("one ");
  await user.click(screen.getByRole("button", { name: "Follow" }));
  expect(code()).toBe("of the pad");
  expect(document.querySelector("img")).toBeNull();
});

test("notes are there for who was sent them", async () => {
  const scribe = held();
  const staff = new Scribe();
  staff.at = 4500;
  staff.doc.getArray("notes").push([new Y.Map<unknown>([["id", "n"], ["author", ada.id], ["at", BEGIN + 4000], ["text", new Y.Text("quick")]])]);
  for (const event of staff.events) scribe.events.push({ ...event, kind: "staff" });
  const { user } = show(scribe);
  focusBar();
  await user.keyboard("o");
  expect(time()).toBe("0:04 / 1:40");
  await user.click(screen.getByRole("tab", { name: "Notes" }));
  expect(screen.getByText("No notes yet")).toBeTruthy();
  focusBar();
  await user.keyboard("{End}");
  expect(screen.getByText("quick")).toBeTruthy();
});

test("who chooses a file stays with it until they follow again", async () => {
  const scribe = held();
  scribe.at = 9000;
  scribe.events.pop();
  scribe.by(ada.id, () => scribe.text("Main.java").insert(0, "// "));
  const { user } = show(scribe);
  await user.click(screen.getByRole("tab", { name: "solution.py" }));
  focusBar();
  await user.keyboard("{End}");
  expect(code()).toContain("one ");
  await user.click(screen.getByRole("button", { name: "Follow" }));
  expect(code()).toBe("// class Main {}\n");
  expect(screen.getByText("Last change: Ada Lovelace")).toBeTruthy();
});

test("what cannot be read is said to be missing", () => {
  const scribe = held();
  scribe.log("document", "////");
  show(scribe);
  expect(screen.getByRole("alert").textContent).toContain("cannot be read");
});

test("letters that belong to a control or another key are left to it", async () => {
  const { user } = show(held());
  const speed = screen.getByRole<HTMLSelectElement>("combobox", { name: "Speed" });
  await user.selectOptions(speed, "8");
  act(() => speed.focus());
  await user.keyboard("r");
  expect(time()).toBe("0:00 / 1:40");
  focusBar();
  await user.keyboard("{Control>}r{/Control}");
  expect(time()).toBe("0:00 / 1:40");
  await user.keyboard("s");
  expect(speed.value).toBe("4");
  await user.keyboard("i");
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Skip idle time" }).checked).toBe(false);
  await user.keyboard("?");
  expect(screen.getByText("They work while the focus is in the replay.")).toBeTruthy();
});
