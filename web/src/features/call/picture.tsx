import { useEffect, useMemo, useRef } from "react";

import { classes } from "@/lib/classes";

interface Props {
  stream: MediaStream;
  /** Says what is to be seen, e.g. "Camera of Ben". */
  label: string;
  /** Our own face looks wrong unless it moves like in a mirror. */
  mirrored?: boolean;
  /** The whole picture, with bars, instead of cutting its edges. */
  whole?: boolean;
}

/** A moving picture without sound (voices are played by CallSound). */
export function Picture({ stream, label, mirrored = false, whole = false }: Props) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = element.current;
    if (!video) return;
    video.srcObject = stream;
    video.play().catch(() => undefined); // without sound nothing forbids it; only taking it away interrupts
    return () => {
      video.srcObject = null;
    };
  }, [stream]);
  return (
    <video
      ref={element}
      autoPlay
      playsInline
      muted
      aria-label={label}
      className={classes("size-full", whole ? "object-contain" : "object-cover", mirrored && "-scale-x-100")}
    />
  );
}

/** One track as something to show. */
export function useStreamOf(track: MediaStreamTrack | null): MediaStream | null {
  return useMemo(() => (track ? new MediaStream([track]) : null), [track]);
}
