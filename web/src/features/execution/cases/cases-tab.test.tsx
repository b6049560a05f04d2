import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { configQuery } from "@/lib/config";
import { renderPage } from "@/lib/testing/render-page";
import { config } from "@/lib/testing/samples";
import { Toaster } from "@/ui/toast";

import { CasesTab } from "./cases-tab";
import { useKeptCases } from "./kept-cases";
import { type CaseBook, type CaseProblem, ownCases } from "./model";

const twoSum: CaseProblem = {
  signature: {
    name: "two_sum",
    parameters: [
      { name: "nums", type: "list<int>" },
      { name: "target", type: "int" },
    ],
    returns: "list<int>",
    inPlace: null,
  },
  visibleTests: [
    { name: "Small", input: "[2, 7]\n9\n", expected: "[0, 1]\n" },
    { name: "Negative", input: "[-2, 7]\n5\n", expected: "[0, 1]\n" },
  ],
};
const reading: CaseProblem = { signature: null, visibleTests: [{ name: "Words", input: "a\nb\n", expected: "2\n" }] };

beforeEach(() => localStorage.clear());
afterEach(() => localStorage.clear());

/** What is kept, as it would be sent. */
const kept = (problem: CaseProblem) => ownCases(problem, JSON.parse(localStorage.getItem("solo:x:cases") ?? "[]") as CaseBook["cases"], undefined);

function tab(problem: CaseProblem, book?: CaseBook) {
  const onRun = vi.fn();
  function Shown() {
    const own = useKeptCases("x");
    const [selected, select] = useState("");
    return (
      <>
        <CasesTab problem={problem} book={book ?? own} onRun={onRun} selected={selected} onSelect={select} />
        <Toaster />
      </>
    );
  }
  const view = renderPage(<Shown />);
  view.queries.setQueryData(configQuery.queryKey, config);
  return { ...view, onRun };
}

const field = (name: RegExp) => screen.getByRole<HTMLTextAreaElement>("textbox", { name });
const button = (name: string) => screen.getByRole("button", { name });

test("the problem's tests are there to read by parameter, and to run one alone", async () => {
  const { user, onRun } = tab(twoSum);
  await user.click(screen.getByRole("tab", { name: "Negative" }));
  const shown = screen.getByRole("tabpanel").textContent;
  for (const text of ["nums", "list<int>", "[-2, 7]", "target", "5", "[0, 1]"]) expect(shown).toContain(text);
  expect(screen.queryByRole("textbox")).toBeNull();
  await user.click(button("Run this case"));
  expect(onRun).toHaveBeenCalledWith("[-2, 7]\n5\n");
});

test("a new one begins with what is shown; copied, the expected answer comes along", async () => {
  const { user } = tab(twoSum);
  await user.click(button("Add a case"));
  expect([field(/^nums/).value, field(/^target/).value, field(/^Expected/).value]).toEqual(["[2, 7]", "9", ""]);
  await user.click(screen.getByRole("tab", { name: "Negative" }));
  await user.click(button("Copy as own case"));
  expect(field(/^Expected/).value).toBe("[0, 1]");
  expect(kept(twoSum)).toEqual([
    { input: "[2, 7]\n9", expected: null },
    { input: "[-2, 7]\n5", expected: "[0, 1]" },
  ]);
});

test("it is changed, run, kept for the next time, and removed", async () => {
  const { user, onRun, unmount } = tab(twoSum);
  await user.click(button("Add a case"));
  await user.clear(field(/^nums/));
  await user.type(field(/^nums/), "[[1,{Enter} 2]");
  await user.click(button("Run this case"));
  expect(onRun).toHaveBeenCalledWith("[1, 2]\n9");
  unmount();
  const again = tab(twoSum);
  await again.user.click(screen.getByRole("tab", { name: "Own case 1" }));
  expect(field(/^nums/).value).toBe("[1,\n 2]");
  await again.user.click(button("Remove"));
  expect(screen.queryByRole("tab", { name: "Own case 1" })).toBeNull();
  expect(screen.getByRole("tab", { name: "Negative", selected: true })).toBeDefined();
  expect(kept(twoSum)).toEqual([]);
});

test("what is wrong is said at its field once it has been left, and marks the tab", async () => {
  const { user } = tab(twoSum);
  await user.click(button("Add a case"));
  await user.clear(field(/^target/));
  await user.type(field(/^target/), "x");
  expect(screen.queryByText(/This is not JSON/)).toBeNull();
  await user.tab();
  const said = screen.getByText("This is not JSON. A value of int looks like 1");
  expect(field(/^target/).getAttribute("aria-describedby")).toBe(said.id);
  expect(field(/^target/).getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("tab", { name: /Own case 1.*, something is wrong/ })).toBeDefined();
  expect(button("Run this case")).toHaveProperty("disabled", true);
});

test("more than the server takes, in number or in length, is refused with a sentence", async () => {
  const { user } = tab(reading);
  for (let made = 0; made < config.limits.ownCasesMax; made += 1) await user.click(button("Add a case"));
  await user.click(button("Add a case"));
  expect(await screen.findByText(/There are 3 own cases, and more are not run at once/)).toBeTruthy();
  expect(screen.getAllByRole("tab", { name: /^Own case/ })).toHaveLength(3);
  await user.click(field(/^Input/));
  await user.paste("x".repeat(config.limits.ownCaseTextMax));
  expect(await screen.findByText("A case of one's own has at most 200 characters.")).toBeTruthy();
  expect(field(/^Input/).value).toBe("a\nb\n");
});

test("of a reading program, input and output; the last line is ended", async () => {
  const { user } = tab(reading);
  await user.click(button("Add a case"));
  await user.clear(field(/^Input/));
  await user.type(field(/^Input/), "c");
  await user.type(field(/^Expected/), "1");
  expect(kept(reading)).toEqual([{ input: "c\n", expected: "1" }]);
});

test("who only watches reads", async () => {
  const draft = { id: "1-1", author: "Ada", texts: { nums: "[1]", target: "1" }, expected: "" };
  const change = vi.fn();
  const book: CaseBook = { cases: [draft], canEdit: false, shared: true, add: change, write: change, remove: change };
  const { user } = tab(twoSum, book);
  await user.click(screen.getByRole("tab", { name: "Own case 1" }));
  expect(screen.getByText("By Ada, the same for everybody here")).toBeDefined();
  await user.type(field(/^nums/), "2");
  for (const name of ["Add a case", "Remove"]) expect(screen.queryByRole("button", { name })).toBeNull();
  expect(change).not.toHaveBeenCalled();
});

test("when somebody else writes in the same field, the caret stays where it was", async () => {
  let texts = { nums: "[10, 20]", target: "1" };
  let say = () => {};
  const { user } = renderPage(<Live />);
  function Live() {
    const [, again] = useState(0);
    say = () => again((count) => count + 1);
    const book: CaseBook = { cases: [{ id: "1-1", author: "Ada", texts, expected: "" }], canEdit: true, shared: true, add: () => "", write: () => {}, remove: () => {} };
    return <CasesTab problem={twoSum} book={book} onRun={undefined} selected="1-1" onSelect={() => {}} />;
  }
  await user.click(field(/^nums/));
  field(/^nums/).setSelectionRange(5, 7); // "20"
  await waitFor(() => expect(field(/^nums/).selectionStart).toBe(5));
  await user.keyboard("{Shift}"); // React learns of a selection by events
  texts = { ...texts, nums: "[1, 10, 20]" };
  say();
  await waitFor(() => expect(field(/^nums/).value).toBe("[1, 10, 20]"));
  expect([field(/^nums/).selectionStart, field(/^nums/).selectionEnd]).toEqual([8, 10]);
});
