import { useQuery } from "@tanstack/react-query";

import { answer, api, type Schemas } from "./api/client";

/** What Stream wants to know of somebody who comes in. */
export type StreamAccess = Readonly<Schemas["StreamView"]>;

/** While Stream is away it is asked for again. */
const AGAIN_MS = 15_000;

const ask = (id: string) => answer(api.GET("/api/sessions/{id}/call", { params: { path: { id } } }));

/** The way into Stream for a session: null while Stream cannot be used, undefined until that is known. */
export function useStreamAccess(sessionId: string, wanted: boolean): StreamAccess | null | undefined {
  const { data, isError } = useQuery({
    queryKey: ["stream-access", sessionId],
    queryFn: () => ask(sessionId),
    enabled: wanted,
    retry: false,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.stream ? false : AGAIN_MS),
  });
  if (data) return data.stream;
  return isError ? null : undefined;
}

/** A token for the call, when the first one has ended. Throws a `Refusal`, or when Stream is away. */
export async function newCallToken(sessionId: string): Promise<string> {
  const { stream } = await ask(sessionId);
  if (!stream) throw new Error("Stream cannot be used right now");
  return stream.token;
}

/** A token for the chat. Throws a `Refusal`. */
export async function newChatToken(): Promise<string> {
  return (await answer(api.GET("/api/chat/token"))).token;
}
