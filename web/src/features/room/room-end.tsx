import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { useNavigate } from "react-router";

import { useMe } from "@/features/accounts/use-me";
import { SESSIONS } from "@/features/sessions/api";
import { duration } from "@/lib/format";
import { Button } from "@/ui/button";
import { Dialog, DialogActions } from "@/ui/dialog";

import { useDocStatus } from "./doc/document-context";
import { useRoom } from "./events/room-context";

/** The session is over: everybody is told and led out; the host, who knows, goes straight to what is left of it. */
export function RoomEnd({ onOut }: { onOut: () => void }) {
  const { status, me } = useRoom();
  return me.role === "host" && status === "ended" ? <Straight onOut={onOut} /> : <EndedDialog onOut={onOut} />;
}

function Straight({ onOut }: { onOut: () => void }) {
  const lead = useEffectEvent(onOut);
  useEffect(() => {
    lead();
  }, []);
  return null;
}

/** Closing it in whatever way leads out, too. */
function EndedDialog({ onOut }: { onOut: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { me: account } = useMe();
  const { status, session } = useRoom();
  const { unsaved } = useDocStatus();
  const guest = account?.guest ?? false;

  const toDashboard = () => {
    void client.invalidateQueries({ queryKey: SESSIONS });
    void navigate("/dashboard");
  };
  // Who was cut off at the end does not know when it was.
  const length = session.endedAt && duration(Date.parse(session.endedAt) - Date.parse(session.startedAt ?? session.createdAt));
  return (
    <Dialog open={status === "ended"} onClose={guest ? onOut : toDashboard} title={t`The session has ended`}>
      {/* It comes while one types: the focus is where no key presses anything. */}
      <p className="text-pretty outline-none" tabIndex={-1} data-focus-first>
        {length ? t`${session.host.name} ended it after ${length}.` : t`${session.host.name} ended it.`}{" "}
        <Trans>Thank you for taking part.</Trans>{" "}
        <Trans>The final code, the last output and the chat are kept.</Trans>
      </p>
      {unsaved && (
        <p className="mt-2 text-sm text-warning text-pretty">
          <Trans>The last thing you typed did not reach the server before the end.</Trans>
        </p>
      )}
      <DialogActions>
        <Button look={guest ? "primary" : "plain"} onClick={onOut}>
          <Trans>See what was kept</Trans>
        </Button>
        {!guest && (
          <Button look="primary" onClick={toDashboard}>
            <Trans>To the dashboard</Trans>
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
