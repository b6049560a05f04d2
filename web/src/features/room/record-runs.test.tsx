import { screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import type { Run } from "@/features/execution/model";
import { type Asked, fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { session } from "@/lib/testing/samples";

import { RecordRuns } from "./record-runs";

afterEach(() => vi.unstubAllGlobals());

const run = (id: string, more: Partial<Run> = {}): Run => ({
  id,
  sessionId: "s-1",
  by: { id: "p2", name: `By ${id}` },
  language: "python",
  mode: "run",
  status: "finished",
  verdict: "ok",
  message: `Ran ${id}.`,
  compileOutput: "",
  stdout: "",
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
  createdAt: "2026-11-23T10:00:00Z",
  finishedAt: "2026-11-23T10:00:01Z",
  ...more,
});

const LANGUAGES = { "GET /api/languages": { languages: [], unavailable: null } };
const shown = () => renderPage(<RecordRuns session={session({ status: "completed" })} me="p1" />);

test("every run can be reached, page by page", async () => {
  const pages: Record<string, unknown> = {
    "": { runs: [run("r3"), run("r2")], before: "r2" },
    r2: { runs: [run("r1")], before: null },
  };
  fakeServer({ ...LANGUAGES, "GET /api/sessions/s-1/runs": ({ query }: Asked) => pages[query.get("before") ?? ""] });
  const { user } = shown();
  expect(await screen.findByText("Ran r3.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Show earlier runs" }));
  await user.click(await screen.findByRole("button", { name: /By r1/ }));
  expect(screen.getByText("Ran r1.")).toBeTruthy();
  expect(within(screen.getByRole("list")).getAllByRole("listitem")).toHaveLength(3);
  expect(screen.queryByRole("button", { name: "Show earlier runs" })).toBeNull();
});

test("of a run whose beginning was sent all is fetched when it is opened, and tried again", async () => {
  const answers: unknown[] = [refusal(500, "internal", "It broke."), { run: run("r1", { stdout: "all of it" }) }];
  const asked = fakeServer({
    ...LANGUAGES,
    "GET /api/sessions/s-1/runs": { runs: [run("r2"), run("r1", { stdout: "all", partial: true })], before: null },
    "GET /api/sessions/s-1/runs/r1": () => answers.shift(),
  });
  const { user } = shown();
  await user.click(await screen.findByRole("button", { name: /By r1/ }));
  expect(screen.getByText("all")).toBeTruthy();
  expect(await screen.findByText("It broke.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("all of it")).toBeTruthy();
  expect(asked.map(({ path }) => path)).not.toContain("/api/sessions/s-1/runs/r2");
});
