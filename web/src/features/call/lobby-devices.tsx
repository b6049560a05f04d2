import { Trans, useLingui } from "@lingui/react/macro";
import { Settings2, Volume2 } from "lucide-react";
import { useId, useState } from "react";

import { classes } from "@/lib/classes";
import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";

import { DeviceSelect } from "./device-select";
import { canChooseSpeaker, rememberDevice, rememberedDevice } from "./devices";
import { LevelMeter } from "./level-meter";
import { playTestSound } from "./speaker-test";
import { useDevices } from "./use-devices";
import type { LobbyActions, LobbyState } from "./use-lobby";

/** Which devices, and whether they work. */
export function LobbyDevices({ lobby }: { lobby: LobbyState & LobbyActions }) {
  const { t } = useLingui();
  const { microphone, camera } = lobby.inputs;
  const devices = useDevices(`${microphone?.id} ${camera?.id}`);
  // On a phone the lists would push the way in below the edge of the screen.
  const [choosing, setChoosing] = useState(false);
  const lists = useId();
  const [speaker, setSpeaker] = useState(() => rememberedDevice("speaker"));
  if (!microphone && !camera) return null; // before permission browsers tell no names

  return (
    <div className="flex flex-col gap-3 p-4">
      {microphone && <LevelMeter track={microphone} />}
      <button
        type="button"
        aria-expanded={choosing}
        aria-controls={lists}
        className="btn self-start btn-ghost btn-sm sm:hidden"
        onClick={() => setChoosing(!choosing)}
      >
        <Icon of={Settings2} />
        {choosing ? <Trans>Hide the devices</Trans> : <Trans>Choose other devices</Trans>}
      </button>
      <div id={lists} className={classes("gap-3 sm:grid sm:grid-cols-2", choosing ? "grid" : "hidden")}>
        {camera && (
          <DeviceSelect
            kind="camera"
            devices={devices.camera}
            chosen={camera.getSettings().deviceId ?? null}
            onChoose={(id) => void lobby.choose("camera", id)}
          />
        )}
        {microphone && (
          <DeviceSelect
            kind="microphone"
            devices={devices.microphone}
            chosen={microphone.getSettings().deviceId ?? null}
            onChoose={(id) => void lobby.choose("microphone", id)}
          />
        )}
        <div className="flex items-end gap-2 sm:col-span-2">
          {canChooseSpeaker() && (
            <div className="min-w-0 grow">
              <DeviceSelect
                kind="speaker"
                devices={devices.speaker}
                chosen={speaker}
                onChoose={(id) => {
                  rememberDevice("speaker", id);
                  setSpeaker(id);
                }}
              />
            </div>
          )}
          <IconButton look="plain" icon={Volume2} label={t`Play a test sound`} onClick={() => void playTestSound(speaker)} />
        </div>
      </div>
    </div>
  );
}
