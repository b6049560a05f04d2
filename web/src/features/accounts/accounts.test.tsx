import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { type Asked, fakeServer, refusal, Status } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config } from "@/lib/testing/samples";
import { Toaster } from "@/ui/toast";
import { startAnew } from "@/lib/start-anew";

import { nextPath } from "./next";
import ProfilePage from "./profile-page";
import RegisterPage from "./register-page";
import { RequireSignIn } from "./require-sign-in";
import SignInPage from "./sign-in-page";
import { UserMenu } from "./user-menu";

vi.mock("@/lib/start-anew", () => ({ startAnew: vi.fn() }));

const OUT = refusal(401, "unauthenticated", "Sign in first.");
const common = { "GET /api/config": config };
const sent = (asked: Asked[], method: string) => asked.filter((one) => one.method === method).map((one) => one.body);

test.each([
  ["/problem/two-sum?x=1", "/problem/two-sum?x=1"],
  ["https://evil.example/", "/dashboard"],
  ["//evil.example/", "/dashboard"],
  ["/\\evil.example", "/dashboard"],
  ["/.//evil.example/", "/dashboard"],
  ["/\t/evil.example", "/dashboard"],
  ["//", "/dashboard"],
  ["javascript:alert(1)", "/dashboard"],
  [null, "/dashboard"],
])("after signing in, next=%s leads to %s", (next, path) => {
  expect(nextPath(new URLSearchParams(next === null ? {} : { next }))).toBe(path);
});

test("signing in leads to where one wanted to go", async () => {
  const asked = fakeServer({ ...common, "GET /api/auth/me": OUT, "POST /api/auth/login": { user: ada } });
  const { user } = renderPage(<SignInPage />, { at: "/sign-in?next=%2Fproblem%2Ftwo-sum" });
  await user.type(await screen.findByLabelText("E-mail"), "ada@example.org");
  await user.type(screen.getByLabelText("Password"), "correct horse");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText("at /problem/two-sum")).toBeTruthy();
  expect(sent(asked, "POST")).toEqual([{ email: "ada@example.org", password: "correct horse" }]);
});

test("a wrong password is said, and what was typed stays", async () => {
  fakeServer({
    ...common,
    "GET /api/auth/me": OUT,
    "POST /api/auth/login": refusal(401, "wrong_credentials", "They do not belong together."),
  });
  const { user } = renderPage(<SignInPage />, { at: "/sign-in" });
  await user.type(await screen.findByLabelText("E-mail"), "ada@example.org");
  await user.type(screen.getByLabelText("Password"), "wrong horse");
  await user.keyboard("{Enter}");
  expect((await screen.findByText("They do not belong together.")).closest("[role=alert]")).not.toBeNull();
  expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe("ada@example.org");
});

test("what the server says of one input stands at that input", async () => {
  fakeServer({
    ...common,
    "GET /api/auth/me": OUT,
    "POST /api/auth/register": refusal(422, "weak_password", "Too short.", { password: "at least 8 characters" }),
  });
  const { user } = renderPage(<RegisterPage />, { at: "/register" });
  await user.type(await screen.findByLabelText("Name"), "Ada");
  await user.type(screen.getByLabelText("E-mail"), "ada@example.org");
  await user.type(screen.getByLabelText("Password"), "12345678");
  await user.click(screen.getByRole("button", { name: "Create account" }));
  await screen.findByText("at least 8 characters");
  expect(screen.getByLabelText("Password").getAttribute("aria-invalid")).toBe("true");
  expect(screen.queryByText("Too short.")).toBeNull();
});

test("a guest may register and is told what becomes of what they did", async () => {
  fakeServer({ ...common, "GET /api/auth/me": { user: { ...ada, guest: true, email: null } } });
  renderPage(<RegisterPage />, { at: "/register" });
  expect(await screen.findByText(/here as a guest/)).toBeTruthy();
});

test("a page for people signed in leads to the sign-in page and says where to come back", async () => {
  fakeServer({ ...common, "GET /api/auth/me": OUT });
  renderPage(<RequireSignIn>secret</RequireSignIn>, { at: "/dashboard?tab=1" });
  expect(await screen.findByText("at /sign-in?next=%2Fdashboard%3Ftab%3D1")).toBeTruthy();
  expect(screen.queryByText("secret")).toBeNull();
});

test("when the server cannot be reached nobody is signed out; a second try helps", async () => {
  let up = false;
  fakeServer({ ...common, "GET /api/auth/me": () => (up ? { user: ada } : refusal(503, "unavailable", "Not now.")) });
  const { user } = renderPage(<RequireSignIn>secret</RequireSignIn>, { at: "/dashboard" });
  await screen.findByText("Not now.");
  up = true;
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("secret")).toBeTruthy();
});

test("signing out leaves for the start page, with nothing kept in memory", async () => {
  fakeServer({ ...common, "GET /api/auth/me": { user: ada }, "POST /api/auth/logout": new Status(204) });
  const { user } = renderPage(<UserMenu me={ada} />, { at: "/dashboard" });
  await user.click(await screen.findByRole("button", { name: "Account of Ada Lovelace" }));
  await user.click(screen.getByRole("menuitem", { name: "Sign out" }));
  await waitFor(() => expect(startAnew).toHaveBeenCalledWith("/"));
});

test("a guest is told what signing out loses, before it does", async () => {
  const asked = fakeServer({ ...common, "POST /api/auth/logout": new Status(204) });
  const { user } = renderPage(<UserMenu me={{ ...ada, guest: true, email: null }} />, { at: "/dashboard" });
  await user.click(await screen.findByRole("button", { name: "Account of Ada Lovelace" }));
  await user.click(screen.getByRole("menuitem", { name: "Sign out" }));
  const dialog = screen.getByRole("dialog", { name: "Sign out for good?" });
  expect(dialog.textContent).toMatch(/cannot come back/);
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  expect(sent(asked, "POST")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Account of Ada Lovelace" }));
  await user.click(screen.getByRole("menuitem", { name: "Sign out" }));
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Sign out" }));
  await waitFor(() => expect(startAnew).toHaveBeenCalledWith("/"));
});

const profile = { ...common, "GET /api/auth/me": { user: { ...ada, profileImage: "/api/images/x.webp" } } };

test("only what was changed is sent: a removed picture goes with Save, not before", async () => {
  const asked = fakeServer({ ...profile, "PATCH /api/auth/me": { user: ada } });
  const { user } = renderPage(<ProfilePage />, { at: "/profile" });
  await user.click(await screen.findByRole("button", { name: "Remove" }));
  expect(sent(asked, "PATCH")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(sent(asked, "PATCH")).toEqual([{ name: "Ada Lovelace", profileImage: null }]));
  await user.clear(screen.getByLabelText("Name"));
  await user.type(screen.getByLabelText("Name"), "Ada King");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(sent(asked, "PATCH")[1]).toEqual({ name: "Ada King" }));
});

test("a guest, who has only a name, is offered no picture", async () => {
  fakeServer({ ...common, "GET /api/auth/me": { user: { ...ada, guest: true, email: null } } });
  renderPage(<ProfilePage />, { at: "/profile" });
  expect(await screen.findByLabelText("Name")).toBeTruthy();
  expect(screen.queryByLabelText("Choose a picture")).toBeNull();
});

test("a file that is no picture is refused in the browser", async () => {
  fakeServer(profile);
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new DOMException("bad", "InvalidStateError")));
  const { user } = renderPage(<ProfilePage />, { at: "/profile" });
  await user.upload(await screen.findByLabelText("Change picture"), new File(["x"], "a.png", { type: "image/png" }));
  expect(await screen.findByText(/cannot read that file/)).toBeTruthy();
});

test("deleting the account asks for the password, says what is wrong, and leads out", async () => {
  let tries = 0;
  const asked = fakeServer({
    ...profile,
    "DELETE /api/auth/me": () => (++tries === 1 ? refusal(403, "wrong_password", "Not your password.") : new Status(204)),
  });
  const { user } = renderPage(<ProfilePage />, { at: "/profile" });
  await user.click(await screen.findByRole("button", { name: "Delete account" }));
  const dialog = screen.getByRole("dialog");
  await user.type(screen.getByLabelText("Your password"), "guess");
  const confirm = [...dialog.querySelectorAll("button")].find((button) => button.textContent === "Delete account");
  await user.click(confirm!);
  await screen.findByText("Not your password.");
  await user.click(confirm!);
  await waitFor(() => expect(startAnew).toHaveBeenCalledWith("/"));
  renderPage(<Toaster />);
  expect(await screen.findByText("Your account is deleted.")).toBeTruthy();
  expect(sent(asked, "DELETE")).toEqual([{ password: "guess" }, { password: "guess" }]);
});
