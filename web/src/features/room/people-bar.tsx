import { useLingui } from "@lingui/react/macro";

import { Avatar } from "@/ui/avatar";
import { Menu, type MenuEntry } from "@/ui/menu";

import { type Person, useRoom } from "./events/room-context";
import { useFollow, useFollowEntry } from "./follow";
import { usePersonActions } from "./person-actions";
import { useRoleName } from "./use-role-name";

/** Who is in the session, and who of them is here now. Who waits outside is in the people's own tab. */
export function PeopleBar() {
  const { t } = useLingui();
  const { followed } = useFollow();
  const followEntry = useFollowEntry();
  const { me, people } = useRoom();
  const { entriesOf, dialogs } = usePersonActions();
  const shown = people.filter(({ waiting }) => !waiting).sort((a, b) => Number(b.online) - Number(a.online));
  return (
    <>
      {/* Where there is no room for all of them, the row scrolls; the padding is for the rings around the faces. */}
      <ul aria-label={t`People`} className="-mx-1 flex min-w-0 items-center -space-x-1 overflow-x-auto p-1 [scrollbar-width:none]">
        {shown.map((person) => (
          <li key={person.id} className="shrink-0">
            <PersonButton
              person={person}
              own={person.id === me.id}
              followed={followed === person.id}
              first={followEntry(person)}
              more={entriesOf(person)}
            />
          </li>
        ))}
      </ul>
      {dialogs}
    </>
  );
}

interface PersonProps {
  person: Person;
  own: boolean;
  followed: boolean;
  first: readonly MenuEntry[];
  /** What else may be done to them. */
  more: readonly MenuEntry[];
}

function PersonButton({ person, own, followed, first, more }: PersonProps) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const state = person.online ? t`here now` : person.reading ? t`reads along` : t`not here`;
  const entries: MenuEntry[] = [...first];
  if (more.length > 0) entries.push({ kind: "line" }, ...more);
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
          {person.reading && <span aria-hidden className="absolute right-0 bottom-0 size-2.5 rounded-full border-2 border-base-100 bg-warning" />}
          {person.online && <span aria-hidden className="absolute right-0 bottom-0 size-2.5 rounded-full border-2 border-base-100 bg-success" />}
        </button>
      )}
    </Menu>
  );
}
