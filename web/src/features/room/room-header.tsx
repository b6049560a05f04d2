import { useLingui } from "@lingui/react/macro";
import { EllipsisVertical } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";

import { DifficultyBadge } from "@/features/problems/difficulty-badge";
import { useWide } from "@/lib/use-wide";
import { BrandMark } from "@/ui/brand";
import { Button, IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { Menu, type MenuEntry } from "@/ui/menu";
import { ThemeMenu, useThemeEntries } from "@/ui/theme-menu";

import { useRoom } from "./events/room-context";
import { LeaveMenu } from "./leave-menu";
import { type HeaderPart, type Opens, opens, useHeaderParts } from "./parts";
import { PeopleBar } from "./people-bar";
import { SavedState } from "./saved-state";

/** What is seldom wanted goes into a menu where there is no room for all of it. */
export function RoomHeader({ onEnd }: { onEnd: () => void }) {
  const { t } = useLingui();
  const { session } = useRoom();
  const wide = useWide();
  const parts = useHeaderParts();
  // Here, not in the buttons: a window that is made narrower keeps its dialog.
  const [opened, setOpened] = useState<string | null>(null);
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-base-300 bg-base-100 px-2 sm:gap-3 sm:px-3">
      <Link to="/dashboard" aria-label={t`Dashboard`} className="rounded-field">
        <BrandMark size={24} />
      </Link>
      <h1 className="min-w-0 truncate font-semibold tracking-tight">{session.problem}</h1>
      <span className="flex max-sm:hidden">
        <DifficultyBadge difficulty={session.difficulty} />
      </span>
      <span className="grow" />
      <SavedState />
      <div className="flex min-w-0 max-sm:hidden">
        <PeopleBar />
      </div>
      {parts.map((part) => (
        <Item key={part.id} part={part} wide={wide} onOpen={() => setOpened(part.id)} />
      ))}
      {wide ? <ThemeMenu /> : <More parts={parts.filter(opens)} onOpen={setOpened} />}
      <LeaveMenu onEnd={onEnd} />
      {parts.filter(opens).map(({ id, Dialog }) => (
        <Dialog key={id} open={opened === id} onClose={() => setOpened(null)} />
      ))}
    </header>
  );
}

interface ItemProps {
  part: HeaderPart;
  wide: boolean;
  onOpen: () => void;
}

function Item({ part, wide, onOpen }: ItemProps) {
  const { t } = useLingui();
  if (!opens(part)) return (wide || !part.wideOnly) && <part.Item />;
  if (!wide) return null;
  const { id, icon, short } = part;
  const label = t(part.label);
  return short ? (
    <Button size="s" icon={icon} aria-label={label} onClick={onOpen}>
      {t(short)}
    </Button>
  ) : (
    <IconButton icon={icon} label={label} data-testid={id} onClick={onOpen} />
  );
}

interface MoreProps {
  parts: readonly Opens[];
  onOpen: (id: string) => void;
}

function More({ parts, onOpen }: MoreProps) {
  const { t } = useLingui();
  const entries: MenuEntry[] = [
    ...parts.map(({ id, label, icon }) => ({ label: t(label), icon, onSelect: () => onOpen(id) })),
    { kind: "line" },
    ...useThemeEntries(),
  ];
  return (
    <Menu label={t`Menu`} entries={entries}>
      {(button) => (
        <button {...button} aria-label={t`Menu`} className="btn btn-square btn-ghost btn-sm">
          <Icon of={EllipsisVertical} size={18} />
        </button>
      )}
    </Menu>
  );
}
