/** The others of a LiveKit room as the panel draws them. */

import { type Line, LINES, type Tile } from "@/features/call/engine";

import type { Other } from "./room-port";

type Streams = Record<Line, MediaStream>;

export class Tiles {
  /** By identity: an element that shows a stream keeps it while tracks come and go. */
  private streams = new Map<string, Streams>();

  of(others: readonly Other[], steady: boolean): Tile[] {
    const streams = new Map<string, Streams>();
    const count = new Map<string, number>();
    const tiles = others.map((other): Tile => {
      const own = this.streams.get(other.identity) ?? newStreams();
      streams.set(other.identity, own);
      for (const line of LINES) fill(own[line], other.lines[line]?.track ?? null);
      const personId = personOf(other);
      const nth = count.get(personId) ?? 0;
      count.set(personId, nth + 1);
      return {
        key: nth === 0 ? personId : `${personId}#${nth}`,
        connectionId: other.identity,
        personId,
        name: other.name || other.identity,
        audio: isOn(other, "microphone"),
        video: isOn(other, "camera"),
        screen: isOn(other, "screen"),
        link: !steady || other.lost ? "reconnecting" : "connected",
        streams: own,
        loudness: other.loudness,
      };
    });
    this.streams = streams;
    return tiles;
  }
}

/** Who did not come by our server (a recorder, an agent of the operator's) is shown under their own name. */
function personOf({ identity, metadata }: Other): string {
  try {
    const { personId } = JSON.parse(metadata) as { personId?: unknown };
    return typeof personId === "string" ? personId : identity;
  } catch {
    return identity;
  }
}

function isOn({ lines }: Other, line: Line): boolean {
  const sent = lines[line];
  return sent !== undefined && !sent.muted;
}

function newStreams(): Streams {
  return { microphone: new MediaStream(), camera: new MediaStream(), screen: new MediaStream() };
}

function fill(stream: MediaStream, track: MediaStreamTrack | null): void {
  for (const old of stream.getTracks()) if (old !== track) stream.removeTrack(old);
  if (track && !stream.getTracks().includes(track)) stream.addTrack(track);
}
