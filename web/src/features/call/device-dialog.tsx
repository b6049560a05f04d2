import { useLingui } from "@lingui/react/macro";
import { Volume2 } from "lucide-react";

import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

import { useCallSnapshot, useCallStore } from "./call-provider";
import { DeviceSelect } from "./device-select";
import { canChooseSpeaker, rememberedDevice } from "./devices";
import { LevelMeter } from "./level-meter";
import { playTestSound } from "./speaker-test";
import { useDevices } from "./use-devices";

interface Props {
  open: boolean;
  onClose: () => void;
}

/** Other devices while the call goes on. */
export function DeviceDialog({ open, onClose }: Props) {
  const { t } = useLingui();
  return (
    <Dialog open={open} onClose={onClose} title={t`Devices`}>
      <DeviceChoices />
    </Dialog>
  );
}

function DeviceChoices() {
  const { t } = useLingui();
  const store = useCallStore();
  const { local, speaker } = useCallSnapshot();
  const { microphone, camera } = local.tracks;
  const devices = useDevices(`${microphone?.id} ${camera?.id}`);
  const used = (track: MediaStreamTrack | null) => track?.getSettings().deviceId ?? null;

  return (
    <div className="flex flex-col gap-4">
      <DeviceSelect
        kind="camera"
        devices={devices.camera}
        chosen={used(camera) ?? rememberedDevice("camera")}
        onChoose={(id) => void store.local.choose("camera", id)}
      />
      <div className="flex flex-col gap-2.5">
        <DeviceSelect
          kind="microphone"
          devices={devices.microphone}
          chosen={used(microphone) ?? rememberedDevice("microphone")}
          onChoose={(id) => void store.local.choose("microphone", id)}
        />
        {microphone && <LevelMeter track={microphone} />}
      </div>
      <div className="flex flex-col items-start gap-2.5">
        {canChooseSpeaker() && (
          <div className="w-full">
            <DeviceSelect kind="speaker" devices={devices.speaker} chosen={speaker} onChoose={(id) => store.chooseSpeaker(id)} />
          </div>
        )}
        <Button size="s" icon={Volume2} onClick={() => void playTestSound(speaker)}>
          {t`Play a test sound`}
        </Button>
      </div>
    </div>
  );
}
