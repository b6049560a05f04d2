import { audioContext } from "./level";

const NOTES = [523.25, 659.25];
const NOTE_SECONDS = 0.25;

/** Two soft notes out of the chosen speaker (null: the system's). */
export async function playTestSound(speaker: string | null): Promise<void> {
  const context = audioContext();
  if (!context) return;
  const output = context.createMediaStreamDestination();
  NOTES.forEach((frequency, index) => {
    const begin = context.currentTime + 0.05 + index * NOTE_SECONDS;
    const note = new OscillatorNode(context, { frequency, type: "sine" });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setTargetAtTime(0.25, begin, 0.02);
    volume.gain.setTargetAtTime(0, begin + NOTE_SECONDS * 0.6, 0.05);
    note.connect(volume).connect(output);
    note.start(begin);
    note.stop(begin + NOTE_SECONDS * 2);
  });
  const element = new Audio();
  element.srcObject = output.stream;
  if (speaker !== null && "setSinkId" in element) await element.setSinkId(speaker).catch(() => undefined);
  await element.play();
  await new Promise((resolve) => setTimeout(resolve, 1000 * NOTE_SECONDS * (NOTES.length + 2)));
  element.srcObject = null;
}
