import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { fakeServer, refusal } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";

import { filterOf, matching, searchOf, tagsOf } from "./filter";
import ProblemsPage from "./problems-page";

const BANK = [
  { slug: "two-sum", title: "Two Sum", difficulty: "easy" as const, tags: ["array", "hash-map"], languages: ["python"] },
  { slug: "maximum-subarray", title: "Maximum Subarray", difficulty: "medium" as const, tags: ["array"], languages: ["python"] },
  { slug: "edit-distance", title: "Edit Distance", difficulty: "hard" as const, tags: ["string"], languages: [] },
];
const all = { difficulty: null, tag: null, q: "" };

test.each([
  [{ ...all, difficulty: "hard" as const }, ["edit-distance"]],
  [{ ...all, tag: "array" }, ["two-sum", "maximum-subarray"]],
  [{ ...all, q: "SUM" }, ["two-sum"]],
  [{ ...all, q: " array  max" }, ["maximum-subarray"]],
  [{ ...all, q: "hash" }, ["two-sum"]],
  [{ difficulty: "easy" as const, tag: "string", q: "" }, []],
])("%j leaves %j", (filter, slugs) => {
  expect(matching(BANK, filter).map((problem) => problem.slug)).toEqual(slugs);
});

test("the address carries the filter, and nothing invented is believed", () => {
  const filter = { difficulty: "easy" as const, tag: "hash-map", q: "two sum" };
  expect(filterOf(searchOf(filter))).toEqual(filter);
  expect(filterOf(new URLSearchParams("difficulty=impossible"))).toEqual(all);
  expect(searchOf(all).toString()).toBe("");
});

test("the commonest tag comes first", () => {
  expect(tagsOf(BANK)).toEqual(["array", "hash-map", "string"]);
});

const titles = () => within(screen.getByRole("list")).getAllByRole("link").map((link) => link.textContent);

test("filtering by keyboard, in the address and back", async () => {
  fakeServer({ "GET /api/problems": { problems: BANK } });
  const { user, router } = renderPage(<ProblemsPage />, { at: "/problems?difficulty=easy" });
  await screen.findByText("Two Sum");
  expect(titles()).toEqual(["Two Sum"]);
  screen.getByRole("radio", { name: "Easy" }).focus();
  await user.keyboard("{ArrowRight}");
  await waitFor(() => expect(titles()).toEqual(["Maximum Subarray"]));
  expect(router.state.location.search).toBe("?difficulty=medium");
  await user.click(screen.getByRole("radio", { name: "All" }));
  await user.type(screen.getByRole("searchbox"), "dist");
  await waitFor(() => expect(titles()).toEqual(["Edit Distance"]));
  expect(router.state.location.search).toBe("?q=dist");
  expect(screen.getByRole("status").textContent).toBe("1 problem");
});

test("a press counts at once, not when the address has followed", async () => {
  fakeServer({ "GET /api/problems": { problems: BANK } });
  renderPage(<ProblemsPage />, { at: "/problems" });
  const hard = await screen.findByRole<HTMLInputElement>("radio", { name: "Hard" });
  hard.click(); // nothing is awaited in between
  expect(hard.checked).toBe(true);
});

test("coming here anew by a link forgets what was typed", async () => {
  fakeServer({ "GET /api/problems": { problems: BANK } });
  const { user, router } = renderPage(<ProblemsPage />, { at: "/problems" });
  await user.type(await screen.findByRole("searchbox"), "dist");
  await router.navigate("/problems");
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>("searchbox").value).toBe(""));
  await user.click(screen.getByRole("radio", { name: "Easy" }));
  await waitFor(() => expect(titles()).toEqual(["Two Sum"]));
});

test("when nothing fits, all can be shown again", async () => {
  fakeServer({ "GET /api/problems": { problems: BANK } });
  const { user } = renderPage(<ProblemsPage />, { at: "/problems?q=zzz" });
  await user.click(await screen.findByRole("button", { name: "Show all" }));
  await waitFor(() => expect(titles()).toHaveLength(3));
});

test("a bank that cannot be fetched says so and is asked again", async () => {
  let up = false;
  fakeServer({ "GET /api/problems": () => (up ? { problems: BANK } : refusal(503, "unavailable", "Not now.")) });
  const { user } = renderPage(<ProblemsPage />, { at: "/problems" });
  await screen.findByText("Not now.");
  up = true;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(titles()).toHaveLength(3));
});
