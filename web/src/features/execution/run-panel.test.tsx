import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test, vi } from "vitest";

import { configQuery } from "@/lib/config";
import { createQueryClient } from "@/lib/query-client";
import { config } from "@/lib/testing/samples";
import { Toaster } from "@/ui/toast";

import type { Cases } from "./cases/cases-tab";
import type { Language, Run, TestResult } from "./model";
import { RunPanel, type RunPanelProps } from "./run-panel";
import type { RunInput } from "./use-run-input";

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
  typed: [],
  takesInput: false,
  queuePosition: null,
  diagnostics: "",
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
  own: false,
  prints: null,
  stderr: null,
  message: "",
  ...more,
});

const given = (text: string): RunInput => ({
  mode: "given",
  setMode: vi.fn(),
  text,
  setText: vi.fn(),
  of: () => ({ stdin: text, interactive: false }),
});

const cases = (nums: string): Cases => ({
  problem: {
    signature: { name: "total", parameters: [{ name: "nums", type: "list<int>" }], returns: "int", inPlace: null },
    visibleTests: [{ name: "Small", input: "[1]\n", expected: "1\n" }],
  },
  book: { cases: [{ id: "own-1", author: "", texts: { nums }, expected: "" }], canEdit: true, shared: false, add: vi.fn(), write: vi.fn(), remove: vi.fn() },
  onRun: vi.fn(),
});

function panel(props: Partial<RunPanelProps> = {}) {
  const all: RunPanelProps = {
    runs: [],
    languages: [python],
    me: "p1",
    input: given(""),
    onRun: vi.fn(),
    starting: null,
    hasTests: true,
    ...props,
  };
  const queries = createQueryClient();
  queries.setQueryData(configQuery.queryKey, config);
  const ui = (now: RunPanelProps) => (
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <RunPanel {...now} />
      </QueryClientProvider>
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
    result({ name: "Second", verdict: "wrong_answer", input: "in-2", expected: "exp-2", actual: "act-2" }),
    result({ name: "Third", hidden: true, verdict: "wrong_answer", timeMs: null, input: null, expected: null, actual: null }),
  ];
  const tested = run({ mode: "tests", verdict: "wrong_answer", message: "Passed 1 of 3 tests.", tests, passed: 1, total: 3 });

  test("the first that failed is open, with what went in and what came out", () => {
    panel({ runs: [tested] });
    for (const text of ["Passed 1 of 3 tests.", "in-2", "exp-2", "act-2"]) expect(screen.getByText(text)).toBeDefined();
    expect(screen.getByText("It is something else than expected.")).toBeDefined();
  });

  test("of a function, what it returned is apart from what it printed, and the server's words say what is wrong", () => {
    const called = result({ verdict: "wrong_answer", actual: '"x"', prints: "here", message: "two_sum returned a string." });
    panel({ runs: [run({ ...tested, tests: [called] })] });
    expect(within(screen.getByRole("region", { name: "Returned" })).getByText('"x"')).toBeDefined();
    expect(within(screen.getByRole("region", { name: "Printed" })).getByText("here")).toBeDefined();
    expect(screen.getByText("two_sum returned a string.")).toBeDefined();
  });

  test("one's own without an expected answer shows what came out", async () => {
    const own = result({ name: "Own case 1", own: true, verdict: "ok", expected: null, actual: "[7]", prints: "" });
    panel({ runs: [run({ ...tested, tests: [own] })] });
    await userEvent.click(screen.getByRole("button", { name: /Own case 1/ }));
    expect(screen.getByText("[7]")).toBeDefined();
    expect(screen.queryByRole("region", { name: "Expected" })).toBeNull();
  });

  test("a hidden one shows its verdict and cannot be opened", () => {
    panel({ runs: [tested] });
    expect(screen.getByText("Third")).toBeDefined();
    expect(screen.queryByRole("button", { name: /Third/ })).toBeNull();
    expect(within(screen.getByRole("region", { name: "Hidden: 0 of 1 passed" })).getByText("Wrong answer")).toBeDefined();
  });

  test("the first difference is marked on both sides", () => {
    panel({ runs: [run({ ...tested, tests: [result({ verdict: "wrong_answer", expected: "[1,23]", actual: "[1, 24]", prints: "" })] })] });
    const marks = ["Expected", "Returned"].map((name) => screen.getByRole("region", { name }).querySelector("mark")?.textContent);
    expect(marks).toEqual(["23", "24"]);
  });

  test("while they run, those that are known stand there and wait", () => {
    panel({ runs: [run({ mode: "tests", status: "running", verdict: null, message: "" })], cases: cases("[1]") });
    for (const name of ["Small", "Own case 1"]) expect(screen.getByText(name).closest("li")?.textContent).toContain("Running");
  });

  test("are not begun with a case that cannot be run: it is shown instead", async () => {
    const { onRun, change } = panel({ cases: cases("[1") });
    await userEvent.click(button("Run tests"));
    expect(onRun).not.toHaveBeenCalled();
    expect(screen.getByRole("tab", { name: /Own case 1.*, something is wrong/, selected: true })).toBeDefined();
    change({ cases: cases("[1]") });
    await userEvent.click(button("Run tests"));
    expect(onRun).toHaveBeenCalledWith("tests");
  });

  test("say why when there are none in this language", async () => {
    const { onRun } = panel({ noTests: "Not in C." });
    render(<Toaster />, { wrapper: ({ children }) => <I18nProvider i18n={i18n}>{children}</I18nProvider> });
    await userEvent.click(button("Run tests"));
    expect(await screen.findByText("Not in C.")).toBeDefined();
    expect(onRun).not.toHaveBeenCalled();
    await userEvent.click(button("Run"));
    expect(onRun).toHaveBeenCalledWith("run");
  });

  test("another one opens in its place", async () => {
    panel({ runs: [tested] });
    await userEvent.click(screen.getByRole("button", { name: /First/ }));
    expect(screen.queryByText("act-2")).toBeNull();
  });
});

test("the input is typed for the next run", async () => {
  const { input } = panel({ input: given("5") });
  await userEvent.click(screen.getByRole("tab", { name: "Input" }));
  await userEvent.type(screen.getByRole("textbox"), "6");
  expect(input.setText).toHaveBeenCalledWith("56");
});

test("the input may be typed while it runs instead", async () => {
  const { input, change } = panel({ input: given("5") });
  await userEvent.click(screen.getByRole("tab", { name: "Input" }));
  await userEvent.click(screen.getByRole("radio", { name: "Typed while it runs" }));
  expect(input.setMode).toHaveBeenCalledWith("typed");
  change({ input: { ...input, mode: "typed" } });
  expect(screen.queryByRole("textbox")).toBeNull();
});

describe("a run that goes on", () => {
  const going = run({ status: "running", verdict: null, message: "", stdout: "Name? ", takesInput: true, finishedAt: null });
  const hands = () => ({ type: vi.fn(), stop: vi.fn(), connected: true });
  const line = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Type to the program" });

  test("is typed to, line by line, and its input is ended", async () => {
    const own = { ...going, by: { id: "p1", name: "Ada" } };
    const { hands: given } = panel({ runs: [own], hands: hands() });
    expect(document.activeElement).toBe(line());
    await userEvent.keyboard("4 2{Enter}");
    expect(given?.type).toHaveBeenLastCalledWith(own, "4 2\n", false);
    expect(line()).toHaveProperty("value", "");
    expect(document.activeElement).toBe(line());
    await userEvent.paste("1\r\n2\nrest");
    expect(given?.type).toHaveBeenLastCalledWith(own, "1\n2\n", false);
    expect(line()).toHaveProperty("value", "rest");
    await userEvent.keyboard("{Control>}d{/Control}");
    expect(given?.type).toHaveBeenLastCalledWith(own, "rest", true);
    await userEvent.click(button("End input"));
    expect(given?.type).toHaveBeenLastCalledWith(own, "", true);
    expect(given?.type).toHaveBeenCalledTimes(4);
  });

  test("is stopped by a button, or by Ctrl+C with nothing selected", async () => {
    const { hands: given } = panel({ runs: [going], hands: hands() });
    await userEvent.click(button("Stop"));
    expect(given?.stop).toHaveBeenLastCalledWith(going);
    await userEvent.type(line(), "abc");
    line().setSelectionRange(0, 3);
    await userEvent.keyboard("{Control>}c{/Control}");
    expect(given?.stop).toHaveBeenCalledTimes(1);
    line().setSelectionRange(3, 3);
    await userEvent.keyboard("{Control>}c{/Control}");
    expect(given?.stop).toHaveBeenCalledTimes(2);
  });

  test("of somebody else's does not take the focus, and gives one's own back", () => {
    const { change } = panel({ runs: [run()], hands: hands() });
    button("Run").focus();
    change({ runs: [going] });
    expect(document.activeElement).toBe(button("Run"));
    const own = { ...going, id: "r2", by: { id: "p1", name: "Ada" } };
    change({ runs: [own] });
    expect(document.activeElement).toBe(line());
    change({ runs: [{ ...own, status: "finished", verdict: "ok", takesInput: false }] });
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(document.activeElement).toBe(button("Run"));
  });

  test("shows what was typed, and by whom, in its place", () => {
    const typed = [{ by: { id: "p2", name: "Ben" }, text: "Ada\n", ended: false, stdoutAt: 6, stderrAt: 0 }];
    panel({ runs: [{ ...going, stdout: "Name? Hello Ada\n", typed }], hands: hands() });
    expect(screen.getByRole("region", { name: "Output and input" }).querySelector("pre")?.textContent).toBe("Name? Ben typed: AdaBen\nHello Ada\n");
  });

  test("cannot be touched by who only watches, nor typed to without a connection", () => {
    const { change } = panel({ runs: [going] });
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
    change({ runs: [going], hands: { ...hands(), connected: false } });
    expect(line()).toHaveProperty("readOnly", true);
  });

  test("tells its place in the queue", () => {
    const { change } = panel({ runs: [run({ status: "queued", verdict: null, message: "", queuePosition: 2 })] });
    expect(screen.getByText("Waiting for a free place to run: 2nd in the queue.")).toBeDefined();
    change({ runs: [run({ status: "queued", verdict: null, message: "", queuePosition: 11 })] });
    expect(screen.getByText("Waiting for a free place to run: 11th in the queue.")).toBeDefined();
  });

  test("is heard when it asks, once it pauses", () => {
    vi.useFakeTimers();
    const said = () => screen.getAllByRole("status").map((one) => one.textContent).join("");
    const { change } = panel({ runs: [going], hands: hands() });
    for (const stdout of ["Name? a", "Name? ab"]) {
      act(() => void vi.advanceTimersByTime(500));
      change({ runs: [{ ...going, stdout }] });
      expect(said()).toBe("");
    }
    act(() => void vi.advanceTimersByTime(1_000));
    expect(said()).toBe("The program says: Name? ab");
    vi.useRealTimers();
  });
});

test("what the checker of types says stands below, closed", async () => {
  panel({ runs: [run({ diagnostics: "solution.ts(1,5): error TS2322: no\n  because\nsolution.ts(2,1): error TS2304: nor this\n" })] });
  const remarks = screen.getByText(/Types: 2 remarks/);
  expect(remarks.closest("details")?.open).toBe(false);
  await userEvent.click(remarks);
  expect(screen.getByText(/TS2304/)).toBeDefined();
});
