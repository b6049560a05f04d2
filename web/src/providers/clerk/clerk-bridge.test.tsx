/** What the app is told of Clerk. Clerk itself is a stand-in here: its script comes from its own host only. */
import { render } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { externalSession, externalSettled, forgetExternalSession } from "@/lib/external-session";

import ClerkBridge from "./clerk-bridge";

const auth = vi.hoisted(() => ({
  state: { isLoaded: false, userId: null as string | null },
  getToken: vi.fn(() => Promise.resolve("token")),
  clerk: { openSignIn: vi.fn(), signOut: vi.fn(() => Promise.resolve()) },
}));
vi.mock("@clerk/react", () => ({
  ClerkProvider: ({ children }: { children: React.ReactNode }) => children,
  useAuth: () => ({ ...auth.state, getToken: auth.getToken }),
  useClerk: () => auth.clerk,
}));
afterEach(() => {
  forgetExternalSession();
  vi.useRealTimers();
});

test("the session is there once Clerk is, and tokens are Clerk's", async () => {
  const onChange = vi.fn();
  auth.state = { isLoaded: false, userId: null };
  const { rerender } = render(<ClerkBridge publishableKey="pk_test_x" onChange={onChange} />);
  expect(externalSession()).toBeNull();
  auth.state = { isLoaded: true, userId: "user_1" };
  rerender(<ClerkBridge publishableKey="pk_test_x" onChange={onChange} />);
  await externalSettled();
  expect(await externalSession()?.token()).toBe("token");
  expect(onChange).toHaveBeenCalledTimes(1);
  externalSession()?.signIn("/problems");
  expect(auth.clerk.openSignIn).toHaveBeenCalledWith({ forceRedirectUrl: "/problems", signUpForceRedirectUrl: "/problems" });
  auth.state = { isLoaded: true, userId: null };
  rerender(<ClerkBridge publishableKey="pk_test_x" onChange={onChange} />);
  expect(onChange).toHaveBeenCalledTimes(2);
});

test("when Clerk's host does not answer, the app goes on without", async () => {
  vi.useFakeTimers();
  auth.state = { isLoaded: false, userId: null };
  render(<ClerkBridge publishableKey="pk_test_x" onChange={vi.fn()} />);
  const settled = externalSettled().then(() => "settled");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await settled).toBe("settled");
  expect(externalSession()).toBeNull();
});
