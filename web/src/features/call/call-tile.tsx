import { Trans, useLingui } from "@lingui/react/macro";
import { MicOff, MonitorUp, RotateCw } from "lucide-react";

import { classes } from "@/lib/classes";
import { Avatar } from "@/ui/avatar";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Spinner } from "@/ui/spinner";

import type { LinkState } from "./peer";
import { Picture } from "./picture";

export interface TileFace {
  name: string;
  image: string | null;
  color: number;
}

interface Props {
  face: TileFace;
  /** What stands on the tile: a name, or "You". */
  title: string;
  own?: boolean;
  /** Null: the camera is off. */
  camera: MediaStream | null;
  muted: boolean;
  sharing: boolean;
  talking: boolean;
  link: LinkState;
  width: number;
  height: number;
  onRetry?: () => void;
}

/** One person in the call. */
export function CallTile({ face, title, own = false, camera, muted, sharing, talking, link, width, height, onRetry }: Props) {
  const { t } = useLingui();
  const seen = camera !== null && link !== "connecting" && link !== "failed";
  return (
    <li
      data-testid="call-tile"
      data-own={own}
      data-link={link}
      data-talking={talking}
      className={classes(
        "relative overflow-hidden rounded-field bg-neutral text-neutral-content ring-inset",
        "after:pointer-events-none after:absolute after:inset-0 after:rounded-field after:transition-shadow",
        talking && "after:inset-ring-3 after:inset-ring-accent",
      )}
      style={{ width, height }}
    >
      {seen ? (
        <Picture stream={camera} label={own ? t`Your camera` : t`Camera of ${face.name}`} mirrored={own} />
      ) : (
        <div className="grid size-full place-items-center">
          <Avatar {...face} size={Math.max(32, Math.min(96, height * 0.42))} />
        </div>
      )}
      {link !== "connected" && <LinkNote link={link} name={face.name} onRetry={onRetry} />}
      <p className="absolute bottom-1.5 left-1.5 flex max-w-[calc(100%-0.75rem)] items-center gap-1.5 rounded-selector bg-black/60 px-1.5 py-0.5 text-xs font-medium text-white">
        {muted && <Sign of={MicOff} text={t`Microphone off`} />}
        {sharing && <Sign of={MonitorUp} text={t`Shares the screen`} />}
        <span className="truncate">{title}</span>
        {camera === null && <span className="sr-only">{t`Camera off`}</span>}
      </p>
    </li>
  );
}

function Sign({ of, text }: { of: typeof MicOff; text: string }) {
  return (
    <span title={text} className="shrink-0">
      <Icon of={of} size={13} />
      <span className="sr-only">{text}</span>
    </span>
  );
}

function LinkNote({ link, name, onRetry }: { link: LinkState; name: string; onRetry: (() => void) | undefined }) {
  const { t } = useLingui();
  if (link === "failed") {
    return (
      <div className="absolute inset-0 flex flex-col items-center justify-center gap-2 bg-black/75 p-2 text-center text-xs text-white" role="alert">
        <p className="text-pretty">
          {t`No connection to ${name}. A firewall may be in the way: try again, or another network.`}
        </p>
        <Button size="s" icon={RotateCw} className="text-base-content" onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      </div>
    );
  }
  return (
    <p role="status" className="absolute inset-x-0 top-1.5 mx-auto flex w-fit items-center gap-1.5 rounded-selector bg-black/60 px-2 py-0.5 text-xs text-white">
      <Spinner size={12} />
      {link === "connecting" ? <Trans>Connecting</Trans> : <Trans>Reconnecting</Trans>}
    </p>
  );
}
