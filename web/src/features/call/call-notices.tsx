import { useLingui } from "@lingui/react";
import { Trans, useLingui as useMacro } from "@lingui/react/macro";
import { CircleDot, MonitorUp, TriangleAlert, Unplug, Volume2, X } from "lucide-react";
import { type ReactNode, useState } from "react";

import { Button, IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";

import { useCallPlug } from "./call-plug";
import { useCallSnapshot, useCallStore } from "./call-provider";
import { LINES } from "./lines";

/** What the person should know or do about the call, above the tiles. */
export function CallNotices() {
  const { _ } = useLingui();
  const { t } = useMacro();
  const store = useCallStore();
  const { call, local, soundBlocked } = useCallSnapshot();
  const { away } = useCallPlug();
  const [awaySeen, setAwaySeen] = useState(false);
  return (
    <>
      {call.recording && (
        <Notice icon={CircleDot} tone="bg-error/14">
          <Trans>This call is being recorded.</Trans>
        </Notice>
      )}
      {away && !awaySeen && (
        <Notice icon={Unplug} tone="bg-warning/14">
          <span className="grow text-pretty">
            <Trans>Stream could not be reached: this call goes directly between your browsers.</Trans>
          </span>
          <IconButton icon={X} label={t`Put this notice away`} onClick={() => setAwaySeen(true)} />
        </Notice>
      )}
      {soundBlocked && (
        <Notice icon={Volume2} tone="bg-warning/14">
          <Trans>The browser holds back the sound.</Trans>
          <Button size="s" look="primary" data-testid="call-hear" onClick={() => void store.unblockSound()}>
            <Trans>Click to hear</Trans>
          </Button>
        </Notice>
      )}
      {local.screen && (
        <Notice icon={MonitorUp} tone="bg-primary/12">
          <span className="grow">
            <Trans>You share your screen.</Trans>
          </span>
          <Button size="s" onClick={() => store.local.stopScreen()}>
            <Trans>Stop</Trans>
          </Button>
        </Notice>
      )}
      {LINES.map((line) => {
        const text = local.notices[line];
        return (
          text && (
            <Notice key={line} icon={TriangleAlert} tone="bg-warning/14">
              <span className="grow text-pretty">{_(text)}</span>
              <IconButton icon={X} label={t`Put this notice away`} onClick={() => store.local.dismiss(line)} />
            </Notice>
          )
        );
      })}
    </>
  );
}

function Notice({ icon, tone, children }: { icon: typeof X; tone: string; children: ReactNode }) {
  return (
    <div role="status" className={`flex flex-wrap items-center gap-2 rounded-field px-2.5 py-1.5 text-sm ${tone}`}>
      <Icon of={icon} />
      {children}
    </div>
  );
}
