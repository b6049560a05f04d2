import { useLingui } from "@lingui/react/macro";
import { Link } from "react-router";

import { DifficultyBadge } from "@/features/problems/difficulty-badge";
import { BrandMark } from "@/ui/brand";
import { ThemeMenu } from "@/ui/theme-menu";

import { useRoom } from "./events/room-context";
import { LeaveMenu } from "./leave-menu";
import { useHeaderParts } from "./parts";
import { PeopleBar } from "./people-bar";
import { SavedState } from "./saved-state";

interface Props {
  followed: string | null;
  onFollow: (id: string | null) => void;
  /** The host has ended the session. */
  onEnd: () => void;
}

export function RoomHeader({ followed, onFollow, onEnd }: Props) {
  const { t } = useLingui();
  const { session } = useRoom();
  const parts = useHeaderParts();
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
      <PeopleBar followed={followed} onFollow={onFollow} />
      {parts.map(({ id, Item }) => (
        <Item key={id} />
      ))}
      <span className="max-sm:hidden">
        <ThemeMenu />
      </span>
      <LeaveMenu onEnd={onEnd} />
    </header>
  );
}
