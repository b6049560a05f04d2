import { Trans, useLingui } from "@lingui/react/macro";
import { ChevronDown, DoorOpen, HardDriveDownload, LogOut, PhoneOff } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";

import { useMe } from "@/features/accounts/use-me";
import { useEndSession, useLeaveSession } from "@/features/sessions/api";
import { messageOf, Refusal } from "@/lib/api/client";
import { setKeepsRooms } from "@/lib/kept-rooms";
import { useKeepsRooms } from "@/lib/use-keeps-rooms";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Icon } from "@/ui/icon";
import { Menu, type MenuEntry } from "@/ui/menu";

import { useDocument } from "./doc/document-context";
import { useRoom } from "./events/room-context";
import { HandOverAndLeave } from "./hand-over-and-leave";

type Asked = "leave" | "hand over" | "end" | null;

/** The ways out: step out and come back, give up one's place, end it for all. */
export function LeaveMenu({ onEnd }: { onEnd: () => void }) {
  const { t } = useLingui();
  const { me, people } = useRoom();
  const navigate = useNavigate();
  const { me: account } = useMe();
  const [asked, setAsked] = useState<Asked>(null);
  const away = account?.guest ? "/" : "/dashboard";
  const host = me.role === "host";
  const keeps = useKeepsRooms();
  const heirs = people.filter(({ role, waiting }) => role === "interviewer" && !waiting);
  const entries: MenuEntry[] = [
    { label: t`Step out, keep my place`, icon: DoorOpen, onSelect: () => void navigate(away) },
    { kind: "choice", label: t`Keep a copy on this computer`, icon: HardDriveDownload, checked: keeps, onSelect: () => setKeepsRooms(!keeps) },
    { kind: "line" },
    ...(host && heirs.length > 0
      ? [{ label: t`Hand over and leave`, icon: LogOut, onSelect: () => setAsked("hand over") }]
      : []),
    host
      ? { label: t`End the session for everyone`, icon: PhoneOff, danger: true, onSelect: () => setAsked("end") }
      : { label: t`Leave the session`, icon: LogOut, danger: true, onSelect: () => setAsked("leave") },
  ];
  return (
    <>
      <Menu label={t`Leave`} entries={entries}>
        {(button) => (
          <button {...button} className="btn border-error/40 bg-error/8 px-2.5 font-medium text-error btn-sm hover:bg-error/15">
            <Trans>Leave</Trans>
            <Icon of={ChevronDown} size={14} />
          </button>
        )}
      </Menu>
      <LeaveDialog open={asked === "leave"} onClose={() => setAsked(null)} onLeft={() => void navigate(away)} />
      {asked === "hand over" && <HandOverAndLeave heirs={heirs} onClose={() => setAsked(null)} onLeft={() => void navigate(away)} />}
      <EndDialog open={asked === "end"} onClose={() => setAsked(null)} onEnded={onEnd} />
    </>
  );
}

function LeaveDialog({ open, onClose, onLeft }: { open: boolean; onClose: () => void; onLeft: () => void }) {
  const { session } = useRoom();
  const { copy } = useDocument();
  const leave = useLeaveSession();
  const left = () => {
    copy.drop();
    onLeft();
  };
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      onConfirm={() => leave.mutate(session.id, { onSuccess: left })}
      busy={leave.isPending}
      error={leave.error ? messageOf(leave.error) : undefined}
      title={<Trans>Leave the session?</Trans>}
      confirm={<Trans>Leave</Trans>}
      danger
    >
      <Trans>Your place becomes free. What you wrote stays. To come back you need an invite or a free place.</Trans>
    </ConfirmDialog>
  );
}

/** The others learn of the end by the room's own event; who ended it knows and goes on to the record. */
function EndDialog({ open, onClose, onEnded }: { open: boolean; onClose: () => void; onEnded: () => void }) {
  const { session } = useRoom();
  const { copy } = useDocument();
  const end = useEndSession();
  const ended = () => {
    copy.drop();
    onEnded();
  };
  const over = end.error instanceof Refusal && end.error.code === "session_completed";
  return (
    <ConfirmDialog
      open={open}
      onClose={onClose}
      onConfirm={() => end.mutate(session.id, { onSuccess: ended })}
      busy={end.isPending}
      error={end.error && !over ? messageOf(end.error) : undefined}
      title={<Trans>End the session?</Trans>}
      confirm={<Trans>End for everyone</Trans>}
      danger
    >
      <Trans>Everybody is shown out. The code, the last output and the chat are kept under your past sessions. An ended session cannot be opened again.</Trans>
    </ConfirmDialog>
  );
}
