/** From the log to a track that can be played. */
import { answer, api } from "@/lib/api/client";
import type { Session } from "@/features/sessions/api";

import { type LogEvent, type ReplayData, Track } from "./track";

/** A page that computes for longer does not answer its reader. */
const SLICE_MS = 40;

/** All pages of the log. */
export async function fetchLog(id: string, signal: AbortSignal): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: { events: LogEvent[]; next: number | null } = await answer(
      api.GET("/api/sessions/{id}/timeline", { params: { path: { id }, query: { after } }, signal }),
    );
    for (const event of page.events) events.push(event);
    after = page.next;
  }
  return events;
}

/** A track that has been gone through, a slice at a time. */
export async function prepared(data: ReplayData, signal?: AbortSignal): Promise<Track> {
  const track = new Track(data);
  const steps = track.prepare();
  for (;;) {
    const until = performance.now() + SLICE_MS;
    while (performance.now() < until) if (steps.next().done) return track;
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
  }
}

export const fetchTrack = async (session: Session, signal: AbortSignal): Promise<Track> =>
  prepared({ session, events: await fetchLog(session.id, signal) }, signal);
