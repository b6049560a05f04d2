import type { Refusal } from "./refusal";

/** What the browser does when the server closes a socket of the room (contract/close-codes.json, kit/close_codes.py). */
export type Reaction =
  | { kind: "refuse"; refusal: Refusal["code"] }
  /** Come back after a pause; `slow` after a longer one. */
  | { kind: "reconnect"; pace: "soon" | "usual" | "slow" }
  /** The browser only saw a failed handshake: the reason has to be asked for. */
  | { kind: "ask" };

const REFUSED: Partial<Record<number, Refusal["code"]>> = {
  4400: "bad_frame",
  4401: "unauthenticated",
  4403: "forbidden",
  4404: "not_found",
  4409: "ended",
  4413: "too_large",
};

const TOO_FAST_OR_SLOW = 4429;
const SERVICE_RESTART = 1012;

export function reactionTo(closeCode: number, opened: boolean): Reaction {
  const refusal = REFUSED[closeCode];
  if (refusal) return { kind: "refuse", refusal };
  if (closeCode === TOO_FAST_OR_SLOW) return { kind: "reconnect", pace: "slow" };
  if (closeCode === SERVICE_RESTART) return { kind: "reconnect", pace: "soon" };
  return opened ? { kind: "reconnect", pace: "usual" } : { kind: "ask" };
}
