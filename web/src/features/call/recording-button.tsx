import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { Circle, CircleStop } from "lucide-react";

import { useRoom } from "@/features/room/events/room-context";
import { answer, api } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { toast } from "@/ui/toast";

import { useCallSnapshot } from "./call-provider";
import { MediaToggle } from "./media-toggle";

/** Starts and stops the recording of the call; for the host, where the server can record. */
export function RecordingButton() {
  const { t } = useLingui();
  const { me, session } = useRoom();
  const recording = useCallSnapshot().call.recording;
  const possible = useConfig()?.recording === true && me.role === "host";
  const change = useMutation({
    mutationFn: async (on: boolean) => {
      const params = { params: { path: { id: session.id } } };
      const path = "/api/sessions/{id}/recording";
      await answer(on ? api.POST(path, params) : api.DELETE(path, params));
    },
    onError: (error) => toast.error(error.message),
  });
  if (!possible) return null;
  return (
    <MediaToggle
      testId="call-recording"
      name={t`Record the call`}
      hint={recording ? t`Stop the recording` : t`Record the call`}
      on={recording}
      icons={[CircleStop, Circle]}
      busy={change.isPending}
      onPress={() => change.mutate(!recording)}
    />
  );
}
