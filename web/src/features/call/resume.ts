/** How one was in the call of a session: a reload of the page leads back into it in the same way. */

export interface Standing {
  audio: boolean;
  video: boolean;
  /** Hung up, while staying in the room. */
  left: boolean;
}

const key = (sessionId: string): string => `call.standing.${sessionId}`;

export function keepStanding(sessionId: string, standing: Standing): void {
  try {
    sessionStorage.setItem(key(sessionId), JSON.stringify(standing));
  } catch {
    // Without storage one comes back without devices, and switches them on again.
  }
}

export function keptStanding(sessionId: string): Standing | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(sessionId)) ?? "null") as Partial<Record<keyof Standing, unknown>> | null;
    return kept && { audio: kept.audio === true, video: kept.video === true, left: kept.left === true };
  } catch {
    return null;
  }
}
