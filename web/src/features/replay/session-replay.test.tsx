import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type Asked, fakeServer, refusal, Status } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, grace, session } from "@/lib/testing/samples";

import { mayReplay, seesAll } from "./api";
import { ExportMenu } from "./export-menu";
import SessionReplay from "./session-replay";
import { Scribe } from "./testing";

const OVER = session({ status: "completed", participants: [grace] });
const LANGUAGES = { "GET /api/languages": { languages: [], unavailable: null } };

beforeEach(() => {
  vi.stubGlobal("matchMedia", (query: string) => ({ matches: true, media: query, addEventListener: () => {}, removeEventListener: () => {} }));
});
afterEach(() => vi.unstubAllGlobals());

function events() {
  const scribe = new Scribe().seed();
  scribe.at = 5000;
  scribe.by(grace.id, () => scribe.text().insert(0, "typed "));
  scribe.say("m", "hi", grace.id);
  return scribe.events;
}

test("all pages of the log are fetched, in order, and played", async () => {
  const all = events();
  const asked = fakeServer({
    ...LANGUAGES,
    "GET /api/sessions/s-1/timeline": ({ query }: Asked) =>
      query.get("after") === "2" ? { events: all.slice(2), next: null } : { events: all.slice(0, 2), next: 2 },
  });
  const { user } = renderPage(<SessionReplay session={OVER} />);
  const bar = await screen.findByRole("slider");
  bar.focus();
  await user.keyboard("{End}");
  expect(screen.getByTestId("replay-code").textContent).toBe("typed pass\n");
  expect(asked.filter(({ path }) => path.endsWith("timeline")).map(({ query }) => query.get("after"))).toEqual(["0", "2"]);
});

test("when it cannot be fetched that is said, and it is tried again", async () => {
  const answers: unknown[] = [refusal(403, "forbidden", "Your role does not allow this."), { events: events(), next: null }];
  fakeServer({ ...LANGUAGES, "GET /api/sessions/s-1/timeline": () => answers.shift() });
  const { user } = renderPage(<SessionReplay session={OVER} />);
  expect(await screen.findByText("Your role does not allow this.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("slider")).toBeTruthy();
});

test("of a session in which nobody did anything there is nothing to play", async () => {
  fakeServer({ ...LANGUAGES, "GET /api/sessions/s-1/timeline": { events: [], next: null } });
  renderPage(<SessionReplay session={OVER} />);
  expect(await screen.findByText("There is nothing to play")).toBeTruthy();
});

function saved() {
  const files: { name: string; text: Promise<string> }[] = [];
  const blobs: Blob[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`, revokeObjectURL: () => {} }));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    files.push({ name: this.download, text: blobs.at(-1)!.text() });
  });
  return files;
}

test.each([
  ["Replay (HTML)", "html", "false"],
  ["Replay to share, without notes and pastes", "html", "true"],
  ["Everything as JSON", "json", "false"],
])("%s is saved under the session's name", async (entry, kind, shareable) => {
  const files = saved();
  const asked = fakeServer({ [`GET /api/sessions/s-1/export.${kind}`]: "the file" });
  const { user } = renderPage(<ExportMenu session={OVER} me={ada.id} />);
  await user.click(within(screen.getByRole("menu", { hidden: true })).getByText(entry));
  await vi.waitFor(() => expect(files).toHaveLength(1));
  expect(files[0]?.name).toBe(`two-sum-2026-11-23.${kind}`);
  expect(await files[0]?.text).toBe('"the file"');
  expect(asked[0]?.query.get("shareable")).toBe(shareable);
});

test("who is no interviewer has one replay to export, which is one to share", () => {
  renderPage(<ExportMenu session={{ ...OVER, replayFor: "everyone" }} me={grace.id} />);
  const entries = within(screen.getByRole("menu", { hidden: true })).getAllByRole("menuitem", { hidden: true });
  expect(entries.map((entry) => entry.textContent)).toEqual(["Replay (HTML)", "Everything as JSON"]);
});

test("an export that is refused saves nothing", async () => {
  const files = saved();
  const asked = fakeServer({ "GET /api/sessions/s-1/export.json": new Status(429, { code: "too_fast", message: "Wait a moment." }) });
  const { user } = renderPage(<ExportMenu session={OVER} me={ada.id} />);
  await user.click(within(screen.getByRole("menu", { hidden: true })).getByText("Everything as JSON"));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await vi.waitFor(() => expect(screen.getByRole("button", { name: "Export" }).getAttribute("aria-busy")).toBeNull());
  expect(files).toEqual([]);
});

test.each([
  ["host", ada.id, "staff", true, true],
  ["interviewer", "u-ines", "staff", true, true],
  ["candidate", grace.id, "staff", false, false],
  ["candidate", grace.id, "everyone", true, false],
  ["stranger", "u-eve", "everyone", false, false],
] as const)("%s (%s, replay for %s)", (_, me, replayFor, may, all) => {
  const held = session({ ...OVER, replayFor, participants: [grace, { ...grace, id: "u-ines", role: "interviewer" }] });
  expect([mayReplay(held, me), seesAll(held, me)]).toEqual([may, all]);
});
