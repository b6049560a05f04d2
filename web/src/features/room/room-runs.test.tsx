import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { useLanguages } from "@/features/execution/api";
import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { session } from "@/lib/testing/samples";
import { Toaster } from "@/ui/toast";

import { RoomRuns } from "./room-runs";
import { useRunStarter } from "./use-run-starter";

const room = { session: session(), runs: [], me: { id: "u-ada" } };
const shared = { canEdit: true, text: () => ({ toJSON: () => "print()" }) };
const book = { cases: [], canEdit: true, shared: true, add: () => "", write: () => undefined, remove: () => undefined };
const view = { activeFile: "solution.py" };
vi.mock("./events/room-context", () => ({ useRoom: () => room }));
vi.mock("./doc/document-context", () => ({ useDocument: () => shared, useDocumentView: () => view, useSharedCases: () => book }));

afterEach(() => {
  vi.unstubAllGlobals();
  view.activeFile = "solution.py";
});

const python = { id: "python", name: "Python", version: "3.11", monaco: "python", fileName: "solution.py" };

function Runs() {
  const languages = useLanguages();
  return (
    <>
      <RoomRuns languages={languages.data?.languages ?? []} runner={useRunStarter(languages, undefined)} problem={undefined} />
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
  view.activeFile = "Main.java";
  const { user, queries } = renderPage(<Runs />);
  await waitFor(() => expect(queries.getQueryData(["languages"])).toBeTruthy());
  await user.click(screen.getByRole("button", { name: "Run" }));
  expect(await screen.findByText("Code in this file's language cannot be run here.")).toBeTruthy();
});
