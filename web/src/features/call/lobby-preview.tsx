import { Trans, useLingui } from "@lingui/react/macro";
import { Mic, MicOff, Video, VideoOff } from "lucide-react";

import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Spinner } from "@/ui/spinner";

import { MediaToggle } from "./media-toggle";
import { Picture, useStreamOf } from "./picture";
import type { LobbyActions, LobbyState } from "./use-lobby";

/** How one will be seen, with the two switches on the picture. */
export function LobbyPreview({ lobby }: { lobby: LobbyState & LobbyActions }) {
  const { t } = useLingui();
  const { on, inputs, opening } = lobby;
  const picture = useStreamOf(inputs.camera);
  const waiting = (on.camera && !inputs.camera && !lobby.problems.camera) || (on.microphone && !inputs.microphone && !lobby.problems.microphone);

  return (
    <div className="relative aspect-4/3 bg-neutral text-neutral-content" data-testid="lobby-preview">
      {picture ? (
        <Picture stream={picture} label={t`Your camera`} mirrored />
      ) : (
        <div className="grid size-full place-items-center p-6 text-center">
          {opening ? (
            <p role="status" className="flex items-center gap-2 text-sm">
              <Spinner size={16} />
              <Trans>Answer the browser's question about camera and microphone.</Trans>
            </p>
          ) : waiting ? (
            <div className="flex flex-col items-center gap-3">
              <Icon of={Video} size={28} />
              <p className="max-w-xs text-sm text-pretty">
                <Trans>Check how you look and sound before anybody sees you. The browser will ask for your permission.</Trans>
              </p>
              <Button size="s" data-testid="lobby-check" className="text-base-content" onClick={() => void lobby.open()}>
                <Trans>Check camera and microphone</Trans>
              </Button>
            </div>
          ) : (
            <p className="flex items-center gap-2 text-sm">
              <Icon of={VideoOff} size={20} />
              <Trans>Camera off</Trans>
            </p>
          )}
        </div>
      )}
      <div className="absolute inset-x-0 bottom-3 flex justify-center gap-2">
        <MediaToggle
          testId="lobby-microphone"
          name={t`Microphone`}
          hint={on.microphone ? t`Join muted` : t`Join with microphone`}
          on={on.microphone}
          icons={[Mic, MicOff]}
          warns
          onPress={() => void lobby.toggle("microphone")}
        />
        <MediaToggle
          testId="lobby-camera"
          name={t`Camera`}
          hint={on.camera ? t`Camera off` : t`Camera on`}
          on={on.camera}
          icons={[Video, VideoOff]}
          warns
          onPress={() => void lobby.toggle("camera")}
        />
      </div>
    </div>
  );
}
