import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { useLanguages } from "@/features/execution/api";
import type { CaseBook } from "@/features/execution/cases/model";
import type { Problem } from "@/features/problems/api";
import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { session } from "@/lib/testing/samples";
import { Toaster } from "@/ui/toast";

import { RoomRuns } from "./room-runs";
import { useRunStarter } from "./use-run-starter";

const room = { session: session(), runs: [], me: { id: "u-ada" } };
const shared = { canEdit: true, text: (path: string) => ({ toJSON: () => (path.endsWith("solution.py") ? "print()" : `in ${path}`) }) };
const book: CaseBook = { cases: [], canEdit: true, shared: true, add: () => "", write: () => undefined, remove: () => undefined };
const first = { id: "", title: "Total", problem: "total", language: null as string | null, activeFile: "solution.py" };
const place = { pad: first, prefix: "", paths: ["solution.py"], written: [] as string[] };
vi.mock("./events/room-context", () => ({ useRoom: () => room }));
vi.mock("./doc/document-context", () => ({ useDocument: () => shared, useSharedCases: () => book }));
vi.mock("./pads/place", () => ({ usePlace: () => place }));

afterEach(() => {
  vi.unstubAllGlobals();
  Object.assign(place, { pad: first, prefix: "", paths: ["solution.py"], written: [] });
  book.cases = [];
});

const python = { id: "python", name: "Python", version: "3.11", monaco: "python", fileName: "solution.py" };
const c = { id: "c", name: "C", version: "17", monaco: "c", fileName: "main.c" };

const problem: Problem = {
  slug: "total",
  title: "Total",
  difficulty: "easy",
  tags: [],
  statement: "",
  examples: [],
  constraints: [],
  starters: { python: "" },
  visibleTests: [{ name: "Small", input: "[1]\n", expected: "1\n" }],
  signature: { name: "total", parameters: [{ name: "nums", type: "list<int>" }], returns: "int", inPlace: null },
  timeLimitSeconds: null,
};

function Runs({ problem }: { problem?: Problem }) {
  const languages = useLanguages();
  return (
    <>
      <RoomRuns languages={languages.data?.languages ?? []} runner={useRunStarter(languages, problem)} problem={problem} />
      <Toaster />
    </>
  );
}

test("when it is not known what can be run, that is said and can be asked again", async () => {
  const answers: unknown[] = [refusal(500, "internal", "The list broke."), { languages: [python], unavailable: null }];
  const asked = fakeServer({ "GET /api/languages": () => answers.shift(), "POST /api/sessions/s-1/runs": {} });
  const { user } = renderPage(<Runs />);
  expect(await screen.findByText("The list broke.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Run" })).toHaveProperty("disabled", true);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByText("The list broke.")).toBeNull());
  await user.click(screen.getByRole("button", { name: "Run" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ method: "POST", body: { language: "python", source: "print()" } }));
});

test("a file whose language is not here is not run in silence", async () => {
  fakeServer({ "GET /api/languages": { languages: [python], unavailable: null } });
  place.pad = { ...first, activeFile: "Main.java" };
  const { user, queries } = renderPage(<Runs />);
  await waitFor(() => expect(queries.getQueryData(["languages"])).toBeTruthy());
  await user.click(screen.getByRole("button", { name: "Run" }));
  expect(await screen.findByText("Code in this file's language cannot be run here.")).toBeTruthy();
});

test("the tests are run with the room's own cases, one of them also alone", async () => {
  const asked = fakeServer({ "GET /api/languages": { languages: [python, c], unavailable: null }, "POST /api/sessions/s-1/runs": {} });
  book.cases = [{ id: "1-1", author: "Ben", texts: { nums: "[4,\n 5]" }, expected: " 9 " }];
  const { user, queries } = renderPage(<Runs problem={problem} />);
  await waitFor(() => expect(queries.getQueryData(["languages"])).toBeTruthy());
  await user.click(screen.getByRole("button", { name: "Run tests" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ body: { mode: "tests", stdin: "", cases: [{ input: "[4, 5]", expected: " 9 " }] } }));
  await user.click(screen.getByRole("tab", { name: "Cases" }));
  await user.click(screen.getByRole("tab", { name: "Own case 1" }));
  await user.click(screen.getByRole("button", { name: "Run this case" }));
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ body: { mode: "run", stdin: "[4, 5]", interactive: false } }));
});

test("a function has no tests in a language that cannot call it", async () => {
  fakeServer({ "GET /api/languages": { languages: [python, c], unavailable: null } });
  place.pad = { ...first, activeFile: "main.c" };
  const { user, queries } = renderPage(<Runs problem={problem} />);
  await waitFor(() => expect(queries.getQueryData(["languages"])).toBeTruthy());
  await user.click(screen.getByRole("button", { name: "Run tests" }));
  expect(await screen.findByText("This problem has no tests in C, because nothing can call a function in it. Run works.")).toBeTruthy();
});

test("a pad's main file is run, whatever is shown of it, with the files beside it and for its own problem", async () => {
  const asked = fakeServer({ "GET /api/languages": { languages: [python, c], unavailable: null }, "POST /api/sessions/s-1/runs": {} });
  const paths = ["p2/solution.py", "p2/main.c", "p2/helper.py", "p2/data.txt", "p2/src/deep.py"];
  place.pad = { id: "p2", title: "Second", problem: "total", language: "python", activeFile: "p2/helper.py" };
  Object.assign(place, { prefix: "p2/", paths, written: paths });
  const { user, queries } = renderPage(<Runs problem={problem} />);
  await waitFor(() => expect(queries.getQueryData(["languages"])).toBeTruthy());
  await user.click(screen.getByRole("button", { name: "Run tests" }));
  const files = [
    { name: "helper.py", content: "in p2/helper.py" },
    { name: "data.txt", content: "in p2/data.txt" },
  ];
  await waitFor(() => expect(asked.at(-1)).toMatchObject({ body: { mode: "tests", pad: "p2", language: "python", source: "print()" } }));
  expect((asked.at(-1) as { body: { files: unknown } }).body.files).toEqual(files);
});
