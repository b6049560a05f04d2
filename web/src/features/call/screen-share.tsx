import { useLingui } from "@lingui/react/macro";
import { Maximize2 } from "lucide-react";
import { useRef } from "react";

import { IconButton } from "@/ui/button";

import { Picture } from "./picture";

/** The screen that somebody else shares, as large as the panel allows, or the whole window on request. */
export function ScreenShare({ stream, name }: { stream: MediaStream; name: string }) {
  const { t } = useLingui();
  const frame = useRef<HTMLElement>(null);
  return (
    <figure ref={frame} data-testid="call-screen" className="group relative min-h-0 min-w-0 overflow-hidden rounded-field bg-neutral">
      <Picture stream={stream} label={t`Screen of ${name}`} whole />
      <figcaption className="absolute bottom-1.5 left-1.5 max-w-[70%] truncate rounded-selector bg-black/60 px-1.5 py-0.5 text-xs font-medium text-white">
        {t`Screen of ${name}`}
      </figcaption>
      {document.fullscreenEnabled && (
        <div className="absolute top-1.5 right-1.5">
          <IconButton
            icon={Maximize2}
            label={t`Show the screen of ${name} full size`}
            className="border-0 bg-black/60 text-white hover:bg-black/80"
            onClick={() => void toggleFullscreen(frame.current)}
          />
        </div>
      )}
    </figure>
  );
}

async function toggleFullscreen(frame: HTMLElement | null): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await frame?.requestFullscreen();
  } catch {
    // The browser or an embedding page forbids it: the picture stays where it is.
  }
}
