/** LiveKit's own client behind our port. Devices stay ours: it neither opens nor stops a track. */

import {
  ConnectionQuality,
  ConnectionState,
  DisconnectReason,
  type LocalTrackPublication,
  type RemoteParticipant,
  Room,
  RoomEvent,
  Track,
} from "livekit-client";

import { type Line, LINES } from "@/features/call/engine";

import type { EndReason, LiveKitRoom, Other, Published, RoomListener } from "./room-port";

const SOURCES: Record<Line, Track.Source> = {
  microphone: Track.Source.Microphone,
  camera: Track.Source.Camera,
  screen: Track.Source.ScreenShare,
};

const CHANGES = [
  RoomEvent.ConnectionStateChanged,
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.ParticipantNameChanged,
  RoomEvent.TrackPublished,
  RoomEvent.TrackUnpublished,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.ConnectionQualityChanged,
] as const;

export class ClientRoom implements LiveKitRoom {
  private leaving = false;
  private connected = false;

  constructor(
    listener: RoomListener,
    private readonly room = new Room({
      // Pictures are shown in elements of ours, so LiveKit cannot see which of them are small.
      adaptiveStream: false,
      dynacast: true,
      stopLocalTrackOnUnpublish: false,
      disconnectOnPageLeave: false, // the call does that itself
    }),
  ) {
    for (const event of CHANGES) room.on(event, () => listener.changed());
    room.on(RoomEvent.RecordingStatusChanged, () => listener.recording());
    room.on(RoomEvent.Disconnected, (reason) => {
      // Before `connect` has succeeded its own rejection says so.
      if (!this.leaving && this.connected) listener.ended(endReason(reason));
    });
  }

  get steady(): boolean {
    // While only its signalling is away, pictures and voices go on.
    return this.room.state === ConnectionState.Connected || this.room.state === ConnectionState.SignalReconnecting;
  }

  get isRecording(): boolean {
    return this.room.isRecording;
  }

  get others(): readonly Other[] {
    return [...this.room.remoteParticipants.values()].map(otherOf);
  }

  async connect(url: string, token: string): Promise<void> {
    await this.room.connect(url, token);
    this.connected = true;
  }

  async publish(line: Line, track: MediaStreamTrack): Promise<Published> {
    const source = SOURCES[line];
    // A shared screen is read, not looked at: one picture, sharp.
    const publication = await this.room.localParticipant.publishTrack(track, { source, simulcast: line === "camera" });
    return publishedOf(this.room, publication);
  }

  disconnect(): Promise<void> {
    this.leaving = true;
    return this.room.disconnect(false);
  }
}

function publishedOf(room: Room, publication: LocalTrackPublication): Published {
  return {
    replace: async (track) => publication.track?.replaceTrack(track, true),
    setMuted: (muted) => (muted ? publication.mute() : publication.unmute()),
    unpublish: async () => publication.track && room.localParticipant.unpublishTrack(publication.track, false),
  };
}

function otherOf(participant: RemoteParticipant): Other {
  const lines: Other["lines"] = {};
  for (const line of LINES) {
    const publication = participant.getTrackPublication(SOURCES[line]);
    if (publication) lines[line] = { track: publication.track?.mediaStreamTrack ?? null, muted: publication.isMuted };
  }
  return {
    identity: participant.identity,
    name: participant.name ?? "",
    metadata: participant.metadata ?? "",
    lost: participant.connectionQuality === ConnectionQuality.Lost,
    lines,
    loudness: () => participant.audioLevel,
  };
}

function endReason(reason: DisconnectReason | undefined): EndReason {
  if (reason === DisconnectReason.PARTICIPANT_REMOVED) return "removed";
  return reason === DisconnectReason.ROOM_DELETED || reason === DisconnectReason.ROOM_CLOSED ? "deleted" : "lost";
}
