/** STUN and relay servers of a session. Their credentials end, so they are asked for again shortly before. */

import { answer, api } from "@/lib/api/client";

/** Enough for a connection that begins now to be up before the credentials end. */
const MARGIN_MS = 60_000;

export class IceServers {
  private known: { servers: RTCIceServer[]; until: number } | null = null;

  constructor(private readonly sessionId: string) {}

  /** For a new connection. Throws a `Refusal`. */
  async get(now = Date.now()): Promise<RTCIceServer[]> {
    return this.known && now < this.known.until ? this.known.servers : this.fresh();
  }

  /** For one that was lost: the relay itself may be another one. Throws a `Refusal`. */
  async fresh(): Promise<RTCIceServer[]> {
    const path = { id: this.sessionId };
    const { iceServers, expiresAt } = await answer(api.GET("/api/sessions/{id}/call", { params: { path } }));
    const servers = iceServers.map(({ urls, username, credential }) => ({
      urls,
      ...(username && { username }),
      ...(credential && { credential }),
    }));
    this.known = { servers, until: expiresAt ? Date.parse(expiresAt) - MARGIN_MS : Infinity };
    return servers;
  }
}
