import { useLingui } from "@lingui/react/macro";
import { Lock, LockOpen } from "lucide-react";

import { messageOf } from "@/lib/api/client";
import { IconButton } from "@/ui/button";
import { toast } from "@/ui/toast";

import { useRoom } from "../events/room-context";
import { useDirect } from "../staffing";

/** Keeps candidates from changing the document, and lets them again. Where there is little room it stands in the menu of the time. */
export function LockButton() {
  const { t } = useLingui();
  const { session, status } = useRoom();
  const direct = useDirect(session.id);
  const { locked } = session;
  return (
    <IconButton
      look="plain"
      icon={locked ? Lock : LockOpen}
      label={t`Lock the document for candidates`}
      pressed={locked}
      busy={direct.isPending}
      disabled={status === "ended"}
      className={locked ? "border-warning text-warning" : undefined}
      onClick={() => direct.mutate({ locked: !locked }, { onError: (error) => toast.error(messageOf(error)) })}
    />
  );
}
