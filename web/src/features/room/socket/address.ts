import { answer, api } from "@/lib/api/client";
import { externalSession } from "@/lib/external-session";

/**
 * The WebSocket address of a path of our own server. A page can send a socket no header: where an outside provider says
 * who we are, the address carries a ticket, which works once and for a minute.
 */
export function socketAddress(path: string): string | Promise<string> {
  const address = new URL(path, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return externalSession() ? withTicket(address) : address.href;
}

async function withTicket(address: URL): Promise<string> {
  const { ticket } = await answer(api.POST("/api/auth/ticket"));
  address.searchParams.set("ticket", ticket);
  return address.href;
}
