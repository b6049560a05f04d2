import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowLeftRight, Crown, DoorClosed, UserCheck, UserMinus } from "lucide-react";
import { type ReactNode, useState } from "react";

import { messageOf } from "@/lib/api/client";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import type { MenuEntry } from "@/ui/menu";
import { toast } from "@/ui/toast";

import { useRemoveMember } from "./api";
import { type Person, useRoom } from "./events/room-context";
import { isStaff } from "./rights";
import { type GivenRole, useAssign, useHandOver } from "./staffing";
import { useRoleName } from "./use-role-name";

const ROLES: readonly GivenRole[] = ["interviewer", "candidate", "observer"];

type Asked = { what: "remove" | "hand over" | "take over"; person: Person } | null;

/** What the person at this browser may do to others, and the questions that are asked before. */
export function usePersonActions(): { entriesOf: (person: Person) => MenuEntry[]; dialogs: ReactNode } {
  const { t } = useLingui();
  const { me, session } = useRoom();
  const roleName = useRoleName();
  const assign = useAssign(session.id);
  const [asked, setAsked] = useState<Asked>(null);
  const host = me.role === "host";
  const change = (given: Parameters<typeof assign.mutate>[0]) =>
    assign.mutate(given, { onError: (error) => toast.error(messageOf(error)) });

  const entriesOf = (person: Person): MenuEntry[] => {
    const above = person.role === "interviewer";
    if (!isStaff(me) || person.id === me.id) return [];
    if (person.role === "host") {
      return person.online ? [] : [{ label: t`Become the host`, icon: Crown, onSelect: () => setAsked({ what: "take over", person }) }];
    }
    const entries: MenuEntry[] = [];
    const held = session.toAdmit.includes(person.id);
    if (held) {
      entries.push({ label: t`Let in`, icon: UserCheck, onSelect: () => change({ personId: person.id, admitted: true }) });
    }
    if (host) {
      for (const role of ROLES.filter((one) => one !== person.role)) {
        const name = roleName(role);
        entries.push({ label: t`Change role to ${name}`, icon: ArrowLeftRight, onSelect: () => change({ personId: person.id, role }) });
      }
      if (person.role === "interviewer" && !held) {
        entries.push({ label: t`Make host`, icon: Crown, onSelect: () => setAsked({ what: "hand over", person }) });
      }
    }
    if (host || !above) {
      if (!held) {
        entries.push({ label: t`Send to the waiting room`, icon: DoorClosed, onSelect: () => change({ personId: person.id, admitted: false }) });
      }
      entries.push({ kind: "line" });
      entries.push({ label: t`Remove from the session`, icon: UserMinus, danger: true, onSelect: () => setAsked({ what: "remove", person }) });
    }
    return entries;
  };
  const close = () => setAsked(null);
  const dialogs = (
    <>
      {asked?.what === "remove" && <RemoveDialog person={asked.person} onClose={close} />}
      {asked?.what === "hand over" && <HandOverDialog person={asked.person} onClose={close} />}
      {asked?.what === "take over" && <TakeOverDialog person={asked.person} onClose={close} />}
    </>
  );
  return { entriesOf, dialogs };
}

interface DialogProps {
  person: Person;
  onClose: () => void;
}

function RemoveDialog({ person, onClose }: DialogProps) {
  const { session } = useRoom();
  const { t } = useLingui();
  const remove = useRemoveMember(session.id);
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      onConfirm={() => remove.mutate(person.id, { onSuccess: onClose })}
      busy={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      title={t`Remove ${person.name}?`}
      confirm={<Trans>Remove</Trans>}
    >
      <Trans>They are shown out at once and lose their place in this session. What they wrote stays.</Trans>
    </ConfirmDialog>
  );
}

function HandOverDialog({ person, onClose }: DialogProps) {
  const { session } = useRoom();
  const { t } = useLingui();
  const handOver = useHandOver(session.id);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => handOver.mutate(person.id, { onSuccess: onClose })}
      busy={handOver.isPending}
      error={handOver.error ? messageOf(handOver.error) : undefined}
      title={t`Make ${person.name} the host?`}
      confirm={<Trans>Make host</Trans>}
    >
      <Trans>From then on they alone end the session and change roles. You stay as an interviewer, and may leave.</Trans>
    </ConfirmDialog>
  );
}

/** The server says when it is too early: the host may be reloading the page. */
function TakeOverDialog({ person, onClose }: DialogProps) {
  const { session, me } = useRoom();
  const { t } = useLingui();
  const handOver = useHandOver(session.id);
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => handOver.mutate(me.id, { onSuccess: onClose })}
      busy={handOver.isPending}
      error={handOver.error ? messageOf(handOver.error) : undefined}
      title={t`Become the host in the place of ${person.name}?`}
      confirm={<Trans>Become the host</Trans>}
    >
      <Trans>This works when the host has been away for two minutes. They stay as an interviewer, and you alone end the session and change roles.</Trans>
    </ConfirmDialog>
  );
}
