import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, EyeOff, UserMinus } from "lucide-react";
import { useState } from "react";

import { messageOf } from "@/lib/api/client";
import { Avatar } from "@/ui/avatar";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Menu, type MenuEntry } from "@/ui/menu";

import { useRemoveMember } from "./api";
import { type Person, useRoom } from "./events/room-context";
import { useRoleName } from "./use-role-name";

interface Props {
  /** Id of the person whose caret is followed. */
  followed: string | null;
  onFollow: (id: string | null) => void;
}

/** Who is in the session, and who of them is here now. */
export function PeopleBar({ followed, onFollow }: Props) {
  const { t } = useLingui();
  const { me, people } = useRoom();
  const [removing, setRemoving] = useState<Person | null>(null);
  const shown = [...people].sort((a, b) => Number(b.online) - Number(a.online));
  return (
    <>
      {/* Where there is no room for all of them, the row scrolls; the padding is for the rings around the faces. */}
      <ul aria-label={t`People`} className="-mx-1 flex min-w-0 items-center -space-x-1 overflow-x-auto p-1 [scrollbar-width:none]">
        {shown.map((person) => (
          <li key={person.id} className="shrink-0">
            <PersonButton person={person} me={me} followed={followed === person.id} onFollow={onFollow} onRemove={() => setRemoving(person)} />
          </li>
        ))}
      </ul>
      {removing && <RemoveDialog person={removing} onClose={() => setRemoving(null)} />}
    </>
  );
}

interface PersonProps {
  person: Person;
  me: { id: string; role: string };
  followed: boolean;
  onFollow: (id: string | null) => void;
  onRemove: () => void;
}

function PersonButton({ person, me, followed, onFollow, onRemove }: PersonProps) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const own = person.id === me.id;
  const state = person.online ? t`here now` : t`not here`;
  const entries: MenuEntry[] = [];
  if (!own) {
    entries.push({
      label: followed ? t`Stop following` : t`Follow in the code`,
      icon: followed ? EyeOff : Eye,
      disabled: !person.online,
      onSelect: () => onFollow(followed ? null : person.id),
    });
  }
  if (me.role === "host" && !own) {
    entries.push({ kind: "line" }, { label: t`Remove from the session`, icon: UserMinus, danger: true, onSelect: onRemove });
  }
  return (
    <Menu
      label={person.name}
      entries={entries}
      header={
        <>
          <p className="truncate text-sm font-medium">{own ? t`${person.name} (you)` : person.name}</p>
          <p className="quiet text-sm">
            {roleName(person.role)}, {state}
          </p>
        </>
      }
    >
      {(button) => (
        <button
          {...button}
          aria-label={t`${person.name}, ${roleName(person.role)}, ${state}`}
          data-person={person.id}
          data-online={person.online}
          className="relative cursor-pointer rounded-full p-0.5"
          style={followed ? { boxShadow: `0 0 0 2px var(--person-${person.color})` } : undefined}
        >
          <Avatar name={person.name} image={person.profileImage} color={person.color} size={28} className={person.online ? "" : "opacity-45 grayscale"} />
          {person.online && <span aria-hidden className="absolute right-0 bottom-0 size-2.5 rounded-full border-2 border-base-100 bg-success" />}
        </button>
      )}
    </Menu>
  );
}

function RemoveDialog({ person, onClose }: { person: Person; onClose: () => void }) {
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
