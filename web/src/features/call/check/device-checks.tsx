import { Trans, useLingui } from "@lingui/react/macro";
import { Video, Volume2 } from "lucide-react";
import { useRef } from "react";

import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";

import { LevelMeter } from "../level-meter";
import { Picture, useStreamOf } from "../picture";

import { CheckRow } from "./check-row";
import type { Checkup, CheckupState } from "./checkup";

type Props = CheckupState & { checkup: Checkup };

/** One's own picture, voice and ears. */
export function DeviceChecks({ findings, camera, microphone, asking, phase, checkup }: Props) {
  const { t } = useLingui();
  const picture = useStreamOf(camera);
  return (
    <>
      <div className="grid aspect-video max-h-52 w-full place-items-center overflow-hidden rounded-t-box bg-neutral text-neutral-content" data-testid="check-preview">
        {picture ? (
          <Picture stream={picture} label={t`Your camera`} mirrored />
        ) : (
          <p className="flex items-center gap-2 p-6 text-sm">
            <Icon of={Video} size={20} />
            {phase === "done" ? <Trans>No picture</Trans> : <Trans>Here you will see yourself</Trans>}
          </p>
        )}
      </div>
      <ul className="divide-y divide-base-300">
        <CheckRow id="camera" finding={findings.camera} />
        <CheckRow id="microphone" finding={findings.microphone}>
          <div className="mt-1 flex h-5 items-center *:grow">
            {microphone ? <LevelMeter track={microphone} /> : <div aria-hidden className="h-1.5 rounded-full bg-base-300" />}
          </div>
        </CheckRow>
        <CheckRow id="speakers" finding={findings.speakers} live>
          <Speakers playing={findings.speakers.state === "running"} asking={asking} checkup={checkup} />
        </CheckRow>
      </ul>
    </>
  );
}

/** Only the person can tell whether there was a sound. */
function Speakers({ playing, asking, checkup }: { playing: boolean; asking: boolean; checkup: Checkup }) {
  const { t } = useLingui();
  const tone = useRef<HTMLButtonElement>(null);
  const answer = (heard: boolean) => {
    checkup.answerTone(heard);
    tone.current?.focus(); // the button that was pressed goes away
  };
  return (
    <div className="mt-1 flex flex-wrap gap-2">
      <Button ref={tone} size="s" icon={Volume2} busy={playing} data-testid="check-tone" onClick={() => void checkup.playTone()}>
        <Trans>Play the test tone</Trans>
      </Button>
      {asking && (
        <>
          <Button size="s" aria-label={t`Yes, I heard it`} onClick={() => answer(true)}>
            <Trans>Yes</Trans>
          </Button>
          <Button size="s" aria-label={t`No, I heard nothing`} onClick={() => answer(false)}>
            <Trans>No</Trans>
          </Button>
        </>
      )}
    </div>
  );
}
