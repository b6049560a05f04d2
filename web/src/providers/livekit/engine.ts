/** LiveKit as an engine of the call. Loads LiveKit's client: import it lazily. */

import type { EnginePort, MakeEngine } from "@/features/call/engine";
import { answer, api } from "@/lib/api/client";

import { ClientRoom } from "./client-room";
import { LiveKitCall } from "./livekit-call";

export const makeLiveKit: MakeEngine = ({ sessionId }: EnginePort, onChange) =>
  new LiveKitCall({ enter: () => enter(sessionId), open: (listener) => new ClientRoom(listener) }, onChange);

async function enter(sessionId: string): Promise<{ url: string; token: string }> {
  const path = { id: sessionId };
  const { livekit } = await answer(api.GET("/api/sessions/{id}/call", { params: { path } }));
  if (!livekit) throw new Error("the server carries this call some other way");
  return livekit;
}
