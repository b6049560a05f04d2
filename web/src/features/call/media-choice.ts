/**
 * What somebody chose in front of the door, handed to the call behind it.
 *
 * The lobby has already asked for camera and microphone; its live tracks are passed on so that the browser does not
 * ask a second time and the light of the camera does not blink. A choice is good for one entry: who takes it owns it,
 * and has to stop its tracks.
 */

export interface MediaChoice {
  /** Enter with the microphone on. */
  audio: boolean;
  /** Enter with the camera on. */
  video: boolean;
  /** Live tracks, or null where there is no device, no permission, or it was switched off. */
  microphone: MediaStreamTrack | null;
  camera: MediaStreamTrack | null;
}

export const NO_MEDIA: MediaChoice = { audio: false, video: false, microphone: null, camera: null };

/** If nobody takes the choice in this time (the room refused), the devices are switched off. */
export const KEPT_MS = 60_000;

let waiting: MediaChoice | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keep a choice for the call that is about to open. */
export function leaveChoice(choice: MediaChoice): void {
  const { microphone, camera } = choice;
  if (waiting?.microphone !== microphone) waiting?.microphone?.stop();
  if (waiting?.camera !== camera) waiting?.camera?.stop();
  waiting = choice;
  clearTimeout(timer);
  timer = setTimeout(dropChoice, KEPT_MS);
}

/** Whether the device check is already done: the room need not show its own lobby. */
export function hasChoice(): boolean {
  return waiting !== null;
}

/** What has been chosen, left where it is. */
export function waitingChoice(): Pick<MediaChoice, "audio" | "video"> {
  return { audio: waiting?.audio ?? false, video: waiting?.video ?? false };
}

export function takeChoice(): MediaChoice | null {
  const choice = waiting;
  waiting = null;
  clearTimeout(timer);
  return choice;
}

/** Nobody will enter. */
export function dropChoice(): void {
  const choice = takeChoice();
  choice?.microphone?.stop();
  choice?.camera?.stop();
}
