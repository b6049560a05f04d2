/** How loud a microphone is, for the meter in the lobby and the ring around one's own tile. */

/** Below this it is a fan, above it somebody talks. */
export const TALKING = 0.02;

let shared: AudioContext | null = null;

/** One for the page: browsers allow only a few. Null where there is none. */
export function audioContext(): AudioContext | null {
  if (typeof AudioContext === "undefined") return null;
  shared ??= new AudioContext();
  // Made before the first click it sleeps until somebody acts on the page.
  if (shared.state === "suspended") void shared.resume().catch(() => undefined);
  return shared;
}

export interface Meter {
  /** Loudness right now, 0 to 1. */
  read: () => number;
  stop: () => void;
}

export const SILENT: Meter = { read: () => 0, stop: () => undefined };

export function meterOf(track: MediaStreamTrack): Meter {
  const context = audioContext();
  if (!context) return SILENT;
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read: () => {
      if (context.state === "suspended") void context.resume().catch(() => undefined);
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
    stop: () => source.disconnect(),
  };
}

/** Root mean square to how far a meter goes, 0 to 1: ears count in decibels. */
export function onMeter(loudness: number): number {
  if (loudness <= 0) return 0;
  const decibels = 20 * Math.log10(loudness);
  return Math.min(1, Math.max(0, (decibels + 60) / 60));
}
