import { Trans, useLingui } from "@lingui/react/macro";
import { Rocket } from "lucide-react";
import { useState } from "react";

import { messageOf } from "@/lib/api/client";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";

import { useRoom } from "./events/room-context";
import { useStartSession } from "./staffing";

/** While the session is being prepared: from its press on, candidates and observers see everything. */
export function StartButton() {
  const { t } = useLingui();
  const { session } = useRoom();
  const start = useStartSession(session.id);
  const [asking, setAsking] = useState(false);
  if (session.startedAt !== null) return null;
  const close = () => setAsking(false);
  return (
    <>
      <Button size="s" look="primary" icon={Rocket} aria-label={t`Start the interview`} onClick={() => setAsking(true)}>
        <Trans>Start</Trans>
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={close}
        onConfirm={() => start.mutate(undefined, { onSuccess: close })}
        busy={start.isPending}
        error={start.error ? messageOf(start.error) : undefined}
        title={<Trans>Start the interview?</Trans>}
        confirm={<Trans>Start</Trans>}
      >
        <Trans>
          Until now only interviewers see the problem, the code and the chat. From then on everybody does who has been let in. It cannot be taken back.
        </Trans>
      </ConfirmDialog>
    </>
  );
}
