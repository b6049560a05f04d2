import { api } from "@/lib/api/client";

import type { Refusal } from "./refusal";

/**
 * Asks over HTTP why a socket of the room was refused. Null: nothing against trying again, or no answer that tells.
 * `person` is who we are in the session, when that is known already.
 */
export async function diagnose(sessionId: string, person: string | null): Promise<Refusal | null> {
  // First who we are: a session may be looked at without signing in, and a private one looks missing to a stranger.
  const me = await api.GET("/api/auth/me", { cache: "no-store" });
  if (me.response.status === 401) return { code: "unauthenticated" };
  const { data, response } = await api.GET("/api/sessions/{id}", { params: { path: { id: sessionId } }, cache: "no-store" });
  if (response.status === 404) return { code: "not_found" };
  if (response.status === 403) return { code: "forbidden" };
  if (!data) return null;
  const { session } = data;
  if (session.status === "completed") return { code: "ended" };
  const inside = [session.host, ...session.participants].some(({ id }) => id === person);
  if (person === null || inside) return null;
  // Who was sent back to the lobby is not among those inside, but comes back.
  const asked = await api.GET("/api/sessions/{id}/messages", { params: { path: { id: sessionId } }, cache: "no-store" });
  return asked.error?.code === "not_admitted" ? null : { code: "forbidden" };
}
