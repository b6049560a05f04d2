import { useLingui } from "@lingui/react/macro";
import { Mic, MicOff, MonitorUp, MonitorX, PhoneOff, Settings2, Video, VideoOff } from "lucide-react";
import { useState } from "react";

import { Icon } from "@/ui/icon";
import { Tooltip } from "@/ui/tooltip";

import { useCallSnapshot, useCallStore } from "./call-provider";
import { DeviceDialog } from "./device-dialog";
import { canShareScreen } from "./devices";
import { MediaToggle } from "./media-toggle";
import { RecordingButton } from "./recording-button";

/** Microphone, camera, screen, devices, leave. `low`: in a block beside the pictures instead of a row below. */
export function CallControls({ low = false }: { low?: boolean }) {
  const { t } = useLingui();
  const store = useCallStore();
  const { local } = useCallSnapshot();
  const [choosing, setChoosing] = useState(false);
  const toggleScreen = () => (local.screen ? store.local.stopScreen() : void store.local.shareScreen());

  return (
    <div role="toolbar" aria-label={t`Call`} className={low ? "grid shrink-0 grid-cols-3 content-center gap-1.5" : "flex flex-wrap items-center justify-center gap-1.5"}>
      <MediaToggle
        testId="call-microphone"
        name={t`Microphone`}
        hint={local.audio ? t`Mute` : t`Unmute`}
        on={local.audio}
        icons={[Mic, MicOff]}
        busy={local.busy.microphone}
        warns
        keys="M"
        onPress={() => void store.local.setAudio(!local.audio)}
      />
      <MediaToggle
        testId="call-camera"
        name={t`Camera`}
        hint={local.video ? t`Camera off` : t`Camera on`}
        on={local.video}
        icons={[Video, VideoOff]}
        busy={local.busy.camera}
        warns
        keys="V"
        onPress={() => void store.local.setVideo(!local.video)}
      />
      {canShareScreen() && (
        <MediaToggle
          testId="call-screen-share"
          name={t`Share screen`}
          hint={local.screen ? t`Stop sharing` : t`Share screen`}
          on={local.screen}
          icons={[MonitorX, MonitorUp]}
          busy={local.busy.screen}
          keys="S"
          onPress={toggleScreen}
        />
      )}
      <RecordingButton />
      <Tooltip text={t`Choose camera, microphone and speaker`}>
        <button
          type="button"
          data-testid="call-devices"
          aria-label={t`Devices`}
          aria-haspopup="dialog"
          onClick={() => setChoosing(true)}
          className="btn btn-square border-base-300 bg-base-100 btn-sm hover:bg-base-200"
        >
          <Icon of={Settings2} size={17} />
        </button>
      </Tooltip>
      <Tooltip text={t`Leave the call; you stay in the room`}>
        <button
          type="button"
          data-testid="call-leave"
          aria-label={t`Leave the call`}
          onClick={() => store.hangUp()}
          className="btn btn-square btn-sm btn-error"
        >
          <Icon of={PhoneOff} size={17} />
        </button>
      </Tooltip>
      <DeviceDialog open={choosing} onClose={() => setChoosing(false)} />
    </div>
  );
}
