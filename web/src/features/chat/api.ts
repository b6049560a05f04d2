import { answer, api, type Schemas } from "@/lib/api/client";

export type ChatMessage = Readonly<Schemas["MessageView"]>;
export type MessagePage = Schemas["MessagesAnswer"];

/** The page of messages before `before`, oldest first. */
export function fetchMessages(sessionId: string, before: number, signal?: AbortSignal): Promise<MessagePage> {
  const params = { path: { id: sessionId }, query: { before: String(before) } };
  return answer(api.GET("/api/sessions/{id}/messages", { params, ...(signal && { signal }) }));
}

export async function postMessage(sessionId: string, text: string): Promise<ChatMessage> {
  const params = { path: { id: sessionId } };
  return (await answer(api.POST("/api/sessions/{id}/messages", { params, body: { text } }))).message;
}
