import { answer, api, type Schemas } from "@/lib/api/client";

export type ChatMessage = Readonly<Schemas["MessageView"]>;
export type MessagePage = Schemas["MessagesAnswer"];
export type Attachment = Readonly<Schemas["AttachmentView"]>;
export type Reaction = Readonly<Schemas["ReactionView"]>;

/** The page of messages before `before`, oldest first. */
export function fetchMessages(sessionId: string, before: number, signal?: AbortSignal): Promise<MessagePage> {
  const params = { path: { id: sessionId }, query: { before: String(before) } };
  return answer(api.GET("/api/sessions/{id}/messages", { params, ...(signal && { signal }) }));
}

export interface Draft {
  /** The message gets it: sent again, it is there once. */
  id: string;
  text: string;
  attachments: readonly Attachment[];
}

export async function postMessage(sessionId: string, { id, text, attachments }: Draft): Promise<ChatMessage> {
  const body = { text, clientId: id, attachments: attachments.map((one) => one.id) };
  return (await answer(api.POST("/api/sessions/{id}/messages", { params: { path: { id: sessionId } }, body }))).message;
}

export async function editMessage(sessionId: string, message: string, text: string): Promise<ChatMessage> {
  const params = { path: { id: sessionId, message } };
  return (await answer(api.PATCH("/api/sessions/{id}/messages/{message}", { params, body: { text } }))).message;
}

export async function deleteMessage(sessionId: string, message: string): Promise<ChatMessage> {
  const params = { path: { id: sessionId, message } };
  return (await answer(api.DELETE("/api/sessions/{id}/messages/{message}", { params }))).message;
}

/** Give the reaction, or take it back. */
export async function setReaction(sessionId: string, message: string, emoji: string, given: boolean): Promise<ChatMessage> {
  const params = { path: { id: sessionId, message, emoji } };
  const path = "/api/sessions/{id}/messages/{message}/reactions/{emoji}";
  return (await answer(given ? api.PUT(path, { params }) : api.DELETE(path, { params }))).message;
}

/** Bring a file, for a message to come. */
export async function uploadAttachment(sessionId: string, file: File): Promise<Attachment> {
  const params = { path: { id: sessionId } };
  const body = { name: file.name, content: await inBase64(file) };
  return (await answer(api.POST("/api/sessions/{id}/attachments", { params, body }))).attachment;
}

export const attachmentAddress = (sessionId: string, { id }: Attachment): string =>
  `/api/sessions/${encodeURIComponent(sessionId)}/attachments/${encodeURIComponent(id)}`;

function inBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === "string" ? reader.result.replace(/^[^,]*,/u, "") : "");
    reader.onerror = () => reject(reader.error ?? new Error("cannot read the file"));
    reader.readAsDataURL(file);
  });
}
