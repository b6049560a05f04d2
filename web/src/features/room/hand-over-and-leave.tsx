import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";

import { useLeaveSession } from "@/features/sessions/api";
import { messageOf } from "@/lib/api/client";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Select } from "@/ui/field";

import { type Person, useRoom } from "./events/room-context";
import { useHandOver } from "./staffing";

interface Props {
  /** Interviewers who are in the session: at least one. */
  heirs: readonly Person[];
  onClose: () => void;
  onLeft: () => void;
}

/** The host goes, the session lives. */
export function HandOverAndLeave({ heirs, onClose, onLeft }: Props) {
  const { t } = useLingui();
  const { session, me } = useRoom();
  const handOver = useHandOver(session.id);
  const leave = useLeaveSession();
  const [heir, setHeir] = useState(heirs[0]?.id ?? "");
  const error = handOver.error ?? leave.error;
  const go = async () => {
    try {
      // Pressed again after only the leaving failed: it is handed over already.
      if (me.role === "host") await handOver.mutateAsync(heir);
      await leave.mutateAsync(session.id);
      onLeft();
    } catch {
      // Said in the dialog.
    }
  };
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      onConfirm={() => void go()}
      busy={handOver.isPending || leave.isPending}
      error={error ? messageOf(error) : undefined}
      title={<Trans>Hand over and leave?</Trans>}
      confirm={<Trans>Hand over and leave</Trans>}
    >
      <div className="flex flex-col gap-4">
        <p>
          <Trans>The session goes on without you. Your place becomes free; what you wrote stays.</Trans>
        </p>
        <Select label={t`New host`} value={heir} onChange={(event) => setHeir(event.target.value)}>
          {heirs.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </div>
    </ConfirmDialog>
  );
}
