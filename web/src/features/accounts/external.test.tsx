/** Signing in by somebody else than us: OIDC by a link, Clerk by its session in this browser. */
import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";

import { forgetExternalSession, setExternalSession } from "@/lib/external-session";
import { type Asked, fakeServer, refusal, Status } from "@/lib/testing/fake-server";
import { renderPage } from "@/lib/testing/render-page";
import { ada, config } from "@/lib/testing/samples";
import { startAnew } from "@/lib/start-anew";

import ProfilePage from "./profile-page";
import RegisterPage from "./register-page";
import { RequireSignIn } from "./require-sign-in";
import SignInPage from "./sign-in-page";
import { UserMenu } from "./user-menu";

vi.mock("@/lib/start-anew", () => ({ startAnew: vi.fn() }));
beforeEach(forgetExternalSession);

const OUT = refusal(401, "unauthenticated", "Sign in first.");
const ways = (signIn: object) => ({ "GET /api/config": { ...config, signIn: { ...config.signIn, ...signIn } } });
const clerk = { clerk: { publishableKey: "pk_test_x" } };
const session = (token: string | null) => ({
  token: vi.fn(() => Promise.resolve(token)),
  signIn: vi.fn(),
  signOut: vi.fn(() => Promise.resolve()),
});

test("an OpenID provider is a link that comes back to where one wanted to go", async () => {
  setExternalSession(null);
  fakeServer({ ...ways({ oidc: { name: "Example" } }), "GET /api/auth/me": OUT });
  renderPage(<SignInPage />, { at: "/sign-in?next=%2Fproblem%2Ftwo-sum" });
  const link = await screen.findByRole("link", { name: "Continue with Example" });
  expect(link.getAttribute("href")).toBe("/api/auth/oidc/start?next=%2Fproblem%2Ftwo-sum");
  expect(screen.getByLabelText("E-mail")).toBeTruthy();
});

test("where no passwords are taken there is no form and nothing to register", async () => {
  setExternalSession(null);
  fakeServer({ ...ways({ embedded: false, oidc: { name: "Example" } }), "GET /api/auth/me": OUT });
  const shown = renderPage(<SignInPage />, { at: "/sign-in" });
  await screen.findByRole("link", { name: "Continue with Example" });
  expect(screen.queryByLabelText("E-mail")).toBeNull();
  shown.unmount();
  renderPage(<RegisterPage />, { at: "/register" });
  expect(await screen.findByText(/^at \/sign-in/)).toBeTruthy();
});

test.each([
  ["account_erased", /has been erased/],
  ["oidc_unavailable", /does not answer/],
  ["<b>x</b>", /did not work/],
])("the provider's page led back with %s", async (code, said) => {
  setExternalSession(null);
  fakeServer({ ...ways({ oidc: { name: "Example" } }), "GET /api/auth/me": OUT });
  renderPage(<SignInPage />, { at: `/sign-in?error=${encodeURIComponent(code)}` });
  const alerts = await screen.findAllByRole("alert");
  expect(alerts.map((one) => one.textContent).join()).toMatch(said);
});

test("Clerk is asked to sign one in, once it is there", async () => {
  fakeServer({ ...ways(clerk), "GET /api/auth/me": OUT });
  const { user } = renderPage(<SignInPage />, { at: "/sign-in?next=%2Fdashboard" });
  const button = await screen.findByRole<HTMLButtonElement>("button", { name: "Continue with Clerk" });
  expect(button.disabled).toBe(true);
  const there = session(null);
  setExternalSession(there);
  await waitFor(() => expect(button.disabled).toBe(false));
  await user.click(button);
  expect(there.signIn).toHaveBeenCalledWith("/dashboard");
});

test("a Clerk that does not answer is said, and the other ways go on", async () => {
  fakeServer({ ...ways(clerk), "GET /api/auth/me": OUT });
  renderPage(<SignInPage />, { at: "/sign-in" });
  await screen.findByRole("button", { name: "Continue with Clerk" });
  expect(screen.queryByText(/cannot be reached/)).toBeNull();
  setExternalSession(null);
  expect(await screen.findByText(/Clerk cannot be reached/)).toBeTruthy();
  expect(screen.getByLabelText("Password")).toBeTruthy();
});

test("nobody is sent to sign in before Clerk has had its say", async () => {
  let asked = 0;
  fakeServer({
    ...ways(clerk),
    "GET /api/auth/me": ({ headers }: Asked) => {
      asked += 1;
      return headers.get("authorization") === "Bearer good" ? { user: { ...ada, provider: "clerk" } } : OUT;
    },
  });
  renderPage(<RequireSignIn>the page</RequireSignIn>, { at: "/dashboard" });
  await waitFor(() => expect(asked).toBe(1));
  expect(screen.queryByText(/^at /)).toBeNull();
  setExternalSession(session("good"));
  expect(await screen.findByText("the page")).toBeTruthy();
});

test("signing out is signing out there, too", async () => {
  const there = session("good");
  setExternalSession(there);
  fakeServer({ ...ways(clerk), "GET /api/auth/me": { user: ada }, "POST /api/auth/logout": new Status(204) });
  const { user } = renderPage(<UserMenu me={ada} />);
  await user.click(screen.getByRole("button", { name: /Account of/ }));
  await user.click(screen.getByRole("menuitem", { name: "Sign out" }));
  await waitFor(() => expect(startAnew).toHaveBeenCalledWith("/"));
  expect(there.signOut).toHaveBeenCalled();
});

test("what the provider keeps is not changed here, and erasing asks for no password", async () => {
  setExternalSession(session("good"));
  fakeServer({ ...ways(clerk), "GET /api/auth/me": { user: { ...ada, provider: "clerk", clerkId: "user_1" } } });
  const { user } = renderPage(<ProfilePage />, { at: "/profile" });
  expect(await screen.findByText(/kept where you sign in/)).toBeTruthy();
  expect(screen.queryByLabelText("Name")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Delete account" }));
  expect(screen.queryByLabelText("Your password")).toBeNull();
});
