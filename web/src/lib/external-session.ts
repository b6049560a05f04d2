/**
 * A sign-in that an outside provider keeps in this browser (Clerk): its short-lived tokens go with every request, and
 * sockets are opened with a ticket. Without such a provider nothing here does anything, and the cookie says who we are.
 */

export interface ExternalSession {
  /** A token that is good now; null when nobody is signed in there. */
  token: () => Promise<string | null>;
  /** Shows the provider's way to sign in; `next` is where to go afterwards. */
  signIn: (next: string) => void;
  signOut: () => Promise<void>;
}

/** Undefined while it is not known whether there is one. */
let session: ExternalSession | null | undefined;
let settle: () => void = () => undefined;
let settled = new Promise<void>((resolve) => (settle = resolve));
const watchers = new Set<() => void>();

/** Null: no provider is in force, or it cannot be reached. Called once it is known, and again when it changes. */
export function setExternalSession(next: ExternalSession | null): void {
  session = next;
  settle();
  for (const watcher of watchers) watcher();
}

export const externalSession = (): ExternalSession | null => session ?? null;

/** A provider is in force, but does not answer. For a page that knows that one is in force. */
export const externalAway = (): boolean => session === null;

/** When it is known whether there is one. */
export const externalSettled = (): Promise<void> => settled;

export function watchExternalSession(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** For tests: as at the page's start. */
export function forgetExternalSession(): void {
  session = undefined;
  settled = new Promise<void>((resolve) => (settle = resolve));
}
