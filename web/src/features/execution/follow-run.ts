/** What happens to a run outside a room, as the server tells it: server-sent events, read from a plain answer. */
import { answer, api } from "@/lib/api/client";
import type { ServerEvent } from "@/lib/api/room";

import { isRunEvent, type RunEvent } from "./run-events";

const AGAIN_MS = 1_000;

/** Tells `onEvent` the run as it is, then all that happens, until nothing more comes or `signal` says so. */
export async function followRun(id: string, signal: AbortSignal, onEvent: (event: RunEvent) => void): Promise<void> {
  let ended = false;
  while (!ended) {
    try {
      const stream = await answer(api.GET("/api/runs/{id}/events", { params: { path: { id } }, parseAs: "stream", signal }));
      for await (const event of eventsOf(stream as ReadableStream<Uint8Array>)) {
        ended ||= event.type === "run.finished";
        onEvent(event);
      }
    } catch {
      // Not reachable just now: the run goes on without us, so we ask again.
    }
    if (signal.aborted) return;
    if (!ended) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/** `EventSource` would do this, but cannot send the token of an outside provider. */
async function* eventsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<RunEvent> {
  const reader = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (!line.startsWith("data: ")) continue;
        const event = JSON.parse(line.slice("data: ".length)) as ServerEvent;
        if (isRunEvent(event)) yield event;
      }
    }
  } finally {
    await reader.cancel();
  }
}
