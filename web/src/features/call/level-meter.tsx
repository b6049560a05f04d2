import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";

import { meterOf, onMeter, TALKING } from "./level";

const EVERY_MS = 80;

/** Shows that the microphone hears something, and says so once in words. */
export function LevelMeter({ track }: { track: MediaStreamTrack }) {
  const { t } = useLingui();
  const bar = useRef<HTMLDivElement>(null);
  const [heard, setHeard] = useState(false);

  useEffect(() => {
    const meter = meterOf(track);
    const timer = setInterval(() => {
      const loudness = track.enabled ? meter.read() : 0;
      if (bar.current) bar.current.style.scale = `${onMeter(loudness)} 1`;
      if (loudness >= TALKING) setHeard(true);
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
      meter.stop();
    };
  }, [track]);

  return (
    <div className="flex items-center gap-3 text-sm">
      <div aria-hidden className="h-1.5 grow overflow-hidden rounded-full bg-base-300">
        <div ref={bar} className="h-full origin-left rounded-full bg-success transition-[scale] duration-75" style={{ scale: "0 1" }} />
      </div>
      <p role="status" className="quiet w-32 shrink-0 text-right" data-testid="microphone-heard" data-heard={heard}>
        {heard ? t`We hear you` : t`Say something`}
      </p>
    </div>
  );
}
