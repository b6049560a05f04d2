import { Trans, useLingui } from "@lingui/react/macro";
import { Ellipsis, Eye } from "lucide-react";
import { type ReactNode, useId } from "react";

import { messageOf } from "@/lib/api/client";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Menu, type MenuEntry } from "@/ui/menu";
import { toast } from "@/ui/toast";

import { type Person, useRoom } from "./events/room-context";
import { useFollowEntry } from "./follow";
import { LobbySettings } from "./lobby-settings";
import { usePersonActions } from "./person-actions";
import { isStaff } from "./rights";
import { useAssign } from "./staffing";
import { useRoleName } from "./use-role-name";

/** Everybody with their role, observers too; who leads lets in, sends back and changes roles here. */
export function PeoplePanel() {
  const { me, people, session } = useRoom();
  const { entriesOf, dialogs } = usePersonActions();
  const followEntry = useFollowEntry();
  const allOf = (person: Person): MenuEntry[] => {
    const [first, more] = [followEntry(person), entriesOf(person)];
    return first.length > 0 && more.length > 0 ? [...first, { kind: "line" }, ...more] : [...first, ...more];
  };
  const toAdmit = people.filter(({ id }) => session.toAdmit.includes(id));
  const early = people.filter(({ id, waiting }) => waiting && !session.toAdmit.includes(id));
  const inside = people.filter(({ waiting }) => !waiting);
  const rows = (of: readonly Person[], action?: (person: Person) => ReactNode) =>
    of.map((person) => <Row key={person.id} person={person} own={person.id === me.id} entries={allOf(person)} action={action?.(person)} />);
  return (
    <div className="flex h-full flex-col gap-4 overflow-y-auto p-3" data-testid="people-panel">
      {toAdmit.length > 0 && (
        <Group title={<Trans>Waiting to be let in</Trans>}>{rows(toAdmit, (person) => <LetIn person={person} />)}</Group>
      )}
      {early.length > 0 && <Group title={<Trans>Waiting for the start</Trans>}>{rows(early)}</Group>}
      <Group title={<Trans>In the session</Trans>}>{rows([...inside].sort((a, b) => Number(b.online) - Number(a.online)))}</Group>
      {isStaff(me) && <LobbySettings />}
      {dialogs}
    </div>
  );
}

function Group({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="quiet mb-1 text-sm font-medium">
        {title}
      </h2>
      <ul aria-labelledby={id} className="flex flex-col">
        {children}
      </ul>
    </section>
  );
}

interface RowProps {
  person: Person;
  own: boolean;
  entries: readonly MenuEntry[];
  action: ReactNode;
}

function Row({ person, own, entries, action }: RowProps) {
  const { t } = useLingui();
  const roleName = useRoleName();
  return (
    <li className="flex min-h-11 items-center gap-2.5 py-1" data-person-row={person.id}>
      <Avatar name={person.name} image={person.profileImage} color={person.color} size={28} className={person.online ? "" : "opacity-45 grayscale"} />
      <div className="min-w-0 grow">
        <p className="truncate text-sm font-medium">{own ? t`${person.name} (you)` : person.name}</p>
        <p className="quiet flex flex-wrap items-center gap-x-1.5 text-sm">
          {roleName(person.role)}, {person.online ? t`here now` : t`not here`}
          {person.reading && (
            <Badge tone="warning" icon={Eye}>
              <Trans>Reads along</Trans>
            </Badge>
          )}
        </p>
      </div>
      {action}
      {entries.length > 0 && (
        <Menu label={person.name} entries={entries}>
          {(button) => (
            <button {...button} aria-label={t`More about ${person.name}`} className="btn btn-square btn-ghost btn-sm">
              <Icon of={Ellipsis} />
            </button>
          )}
        </Menu>
      )}
    </li>
  );
}

function LetIn({ person }: { person: Person }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const assign = useAssign(session.id);
  return (
    <Button
      size="s"
      look="primary"
      busy={assign.isPending}
      aria-label={t`Let ${person.name} in`}
      onClick={() => assign.mutate({ personId: person.id, admitted: true }, { onError: (error) => toast.error(messageOf(error)) })}
    >
      <Trans>Let in</Trans>
    </Button>
  );
}
