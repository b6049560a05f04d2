import { useCallSnapshot } from "./call-provider";

export interface CallSummary {
  /** We are in the call (or on our way in). */
  inCall: boolean;
  /** People in the call, ourselves included. */
  people: number;
  muted: boolean;
  cameraOff: boolean;
  sharing: boolean;
  /** Somebody's connection is being looked for again, or was not found. */
  troubled: boolean;
}

/** What the room's frame shows of the call (a badge on the tab, a note in the header). */
export function useCall(): CallSummary {
  const { call, local } = useCallSnapshot();
  return {
    inCall: call.phase === "in" || call.phase === "joining",
    people: new Set(call.peers?.map(({ personId }) => personId)).size,
    muted: !local.audio,
    cameraOff: !local.video,
    sharing: local.screen,
    troubled: call.tiles.some(({ link }) => link === "reconnecting" || link === "failed"),
  };
}
