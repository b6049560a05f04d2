import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test, vi } from "vitest";

import type { Language, Run, TestResult } from "./model";
import { RunPanel, type RunPanelProps } from "./run-panel";

afterEach(cleanup);

const python: Language = { id: "python", name: "Python", version: "3.11", monaco: "python", fileName: "solution.py", starter: "" };

const run = (more: Partial<Run> = {}): Run => ({
  id: "r1",
  sessionId: "s1",
  by: { id: "p2", name: "Ben" },
  language: "python",
  mode: "run",
  status: "finished",
  verdict: "ok",
  message: "Ran to the end.",
  compileOutput: "",
  stdout: "42\n",
  stderr: "",
  truncated: false,
  partial: false,
  exitCode: 0,
  signal: null,
  compileMs: null,
  timeMs: 38,
  memoryBytes: 8_600_000,
  tests: [],
  passed: 0,
  total: 0,
  createdAt: "2026-11-23T10:00:00Z",
  finishedAt: "2026-11-23T10:00:01Z",
  ...more,
});

const result = (more: Partial<TestResult>): TestResult => ({
  name: "A test",
  hidden: false,
  verdict: "accepted",
  timeMs: 20,
  memoryBytes: null,
  input: "1",
  expected: "2",
  actual: "2",
  stderr: null,
  message: "",
  ...more,
});

function panel(props: Partial<RunPanelProps> = {}) {
  const all: RunPanelProps = {
    runs: [],
    languages: [python],
    me: "p1",
    stdin: "",
    onStdin: vi.fn(),
    onRun: vi.fn(),
    starting: null,
    hasTests: true,
    ...props,
  };
  const ui = (now: RunPanelProps) => (
    <I18nProvider i18n={i18n}>
      <RunPanel {...now} />
    </I18nProvider>
  );
  const view = render(ui(all));
  return { ...all, change: (more: Partial<RunPanelProps>) => view.rerender(ui({ ...all, ...more })) };
}

const button = (name: string) => screen.getByRole("button", { name });

describe("the buttons", () => {
  test("run, and run the tests", async () => {
    const { onRun } = panel();
    await userEvent.click(button("Run"));
    await userEvent.click(button("Run tests"));
    expect(vi.mocked(onRun).mock.calls).toEqual([["run"], ["tests"]]);
  });

  test("do nothing while a run is being started, or when nothing can be run, which is said", async () => {
    const { onRun, change } = panel({ starting: "run" });
    expect(button("Run tests")).toHaveProperty("disabled", true);
    change({ refusal: "No isolation is in force here." });
    expect(screen.getByText("No isolation is in force here.")).toBeDefined();
    await userEvent.click(button("Run"));
    expect(onRun).not.toHaveBeenCalled();
  });
});

describe("a run", () => {
  test("tells who ran what, what it printed, how it ended", () => {
    panel({ runs: [run()] });
    const shown = within(screen.getByRole("tabpanel", { name: "Result" }));
    for (const text of ["Finished", "Ran to the end.", "Ben, Python", "exit status 0", "38 ms", "8.6 MB"]) {
      expect(shown.getByText(text)).toBeDefined();
    }
    expect(screen.getByText("42")).toBeDefined();
  });

  test("of one's own is told as such", () => {
    panel({ runs: [run()], me: "p2" });
    expect(screen.getByText("You, Python")).toBeDefined();
  });

  test("keeps errors, output and the compiler apart", () => {
    panel({ runs: [run({ verdict: "runtime_error", exitCode: null, signal: "SIGSEGV", stdout: "out", stderr: "err", compileOutput: "warning" })] });
    expect(within(screen.getByRole("region", { name: "Compiler" })).getByText("warning")).toBeDefined();
    expect(within(screen.getByRole("region", { name: "Errors (stderr)" })).getByText("err")).toBeDefined();
    expect(screen.getByText("signal SIGSEGV")).toBeDefined();
  });

  test("is announced when it has ended, not before", () => {
    const said = () => screen.getAllByRole("status").map((one) => one.textContent).join("");
    const { change } = panel({ runs: [run({ status: "running", verdict: null, message: "" })] });
    expect(said()).toBe("");
    change({ runs: [run()] });
    expect(said()).toBe("Ben: Ran to the end.");
  });

  test("that is new comes into view, also when the input was open", async () => {
    const { change } = panel({ runs: [run()] });
    await userEvent.click(screen.getByRole("tab", { name: "Input" }));
    expect(screen.queryByText("Ran to the end.")).toBeNull();
    change({ runs: [run({ id: "r2", message: "Ran again." }), run()] });
    expect(screen.getByText("Ran again.")).toBeDefined();
  });
});

describe("while the input is being typed", () => {
  const typing = async () => {
    const view = panel({ runs: [run()] });
    await userEvent.click(screen.getByRole("tab", { name: "Input" }));
    await userEvent.click(screen.getByRole("textbox"));
    return view;
  };

  test("somebody else's run does not take it away", async () => {
    const { change } = await typing();
    change({ runs: [run({ id: "r2", message: "Ran again." }), run()] });
    expect(document.activeElement).toBe(screen.getByRole("textbox"));
    await userEvent.click(screen.getByRole("tab", { name: "Result" }));
    expect(screen.getByText("Ran again.")).toBeDefined();
  });

  test("one's own run comes into view, and so does the next one of others", async () => {
    const { change } = await typing();
    const own = run({ id: "r2", by: { id: "p1", name: "Ada" }, message: "Ran mine." });
    change({ runs: [own, run()] });
    expect(screen.getByText("Ran mine.")).toBeDefined();
    await userEvent.click(screen.getByRole("tab", { name: "Input" }));
    change({ runs: [run({ id: "r3", message: "Ran again." }), own, run()] });
    expect(screen.getByText("Ran again.")).toBeDefined();
  });
});

describe("tests", () => {
  const tests = [
    result({ name: "First", verdict: "accepted" }),
    result({ name: "Second", verdict: "wrong_answer", input: "in-2", expected: "exp-2", actual: "act-2", message: "Ran to the end." }),
    result({ name: "Third", hidden: true, verdict: "wrong_answer", input: null, expected: null, actual: null }),
  ];
  const tested = run({ mode: "tests", verdict: "wrong_answer", message: "Passed 1 of 3 tests.", tests, passed: 1, total: 3 });

  test("the first that failed is open, with what went in and what came out", () => {
    panel({ runs: [tested] });
    for (const text of ["Passed 1 of 3 tests.", "in-2", "exp-2", "act-2"]) expect(screen.getByText(text)).toBeDefined();
    expect(screen.queryByText("Ran to the end.")).toBeNull(); // that is not what is wrong with it
  });

  test("a hidden one shows its verdict and cannot be opened", () => {
    panel({ runs: [tested] });
    expect(screen.getByText("Third")).toBeDefined();
    expect(screen.queryByRole("button", { name: /Third/ })).toBeNull();
  });

  test("another one opens in its place", async () => {
    panel({ runs: [tested] });
    await userEvent.click(screen.getByRole("button", { name: /First/ }));
    expect(screen.queryByText("act-2")).toBeNull();
  });
});

test("the input is typed for the next run", async () => {
  const { onStdin } = panel({ stdin: "5" });
  await userEvent.click(screen.getByRole("tab", { name: "Input" }));
  await userEvent.type(screen.getByRole("textbox"), "6");
  expect(onStdin).toHaveBeenCalledWith("56");
});
