import type { Session } from "../events/types";
import type { Refusal } from "./refusal";

/**
 * Asks over HTTP why a socket of the room was refused. Null: nothing against trying again, or no answer at all.
 * `person` is who we are in the session, when that is known already.
 */
export async function diagnose(sessionId: string, person: string | null): Promise<Refusal | null> {
  const answer = await fetch(`/api/sessions/${encodeURIComponent(sessionId)}`, { cache: "no-store" });
  if (answer.status === 404) return { code: "not_found" };
  if (answer.status === 401) return { code: "unauthenticated" };
  if (answer.status === 403) return { code: "forbidden" };
  if (!answer.ok) return null;
  const { session } = (await answer.json()) as { session: Session };
  if (session.status === "completed") return { code: "ended" };
  const inside = [session.host, ...session.participants].some(({ id }) => id === person);
  return person === null || inside ? null : { code: "forbidden" };
}
