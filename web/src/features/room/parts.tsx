/** What stands beside the code and in the header, each with one line: both arrangements of the room read these lists. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Activity, Lightbulb, type LucideIcon, MessageSquare, NotebookPen, ShieldCheck, UserPlus, Users } from "lucide-react";
import type { ComponentType } from "react";

import { ChatPanel } from "@/features/chat/chat-panel";
import { useUnread } from "@/features/chat/use-unread";
import { ActivityPanel } from "@/features/integrity/activity-panel";

import { useRoom } from "./events/room-context";
import { HelpButton } from "./help-sheet";
import { InviteDialog } from "./invite-dialog";
import { PeoplePanel } from "./people-panel";
import { isStaff } from "./rights";
import { RulesDialog } from "./rules-dialog";
import { StartButton } from "./start-button";
import { GuidePanel } from "./staff/guide-panel";
import { LockButton } from "./staff/lock-button";
import { NotesPanel } from "./staff/notes-panel";
import { Timer } from "./staff/timer";
import { useQuiet } from "./staff/use-clock";
import { UnreadBadge } from "./unread-badge";

interface Part {
  /** Unique among its neighbours. */
  id: string;
  /** Only those who interview have it. */
  staffOnly?: boolean;
}

export interface SidePart extends Part {
  label: MessageDescriptor;
  icon: LucideIcon;
  Panel: ComponentType;
  /** Drawn on the tab whether its panel is `shown` or not, also where the part has no tab: it may count what comes. */
  Badge?: ComponentType<{ shown: boolean }>;
}

/** Always in sight, or on wide screens only because it stands in another one's menu as well. */
interface Shown extends Part {
  Item: ComponentType;
  wideOnly?: boolean;
}

/** Opens a dialog: a button, or an entry of the header's menu where there is little room. */
export interface Opens extends Part {
  label: MessageDescriptor;
  icon: LucideIcon;
  /** Words on the button; without them it is a picture only. */
  short?: MessageDescriptor;
  Dialog: ComponentType<{ open: boolean; onClose: () => void }>;
}

export type HeaderPart = Shown | Opens;

export const opens = (part: HeaderPart): part is Opens => "Dialog" in part;

function Unread({ shown }: { shown: boolean }) {
  const count = useUnread(shown);
  return <UnreadBadge count={useQuiet() ? 0 : count} />;
}

/** How many wait to be let in. */
function AtTheDoor() {
  const { session } = useRoom();
  const count = session.toAdmit.length;
  if (count === 0) return null;
  return (
    <span className="badge badge-primary badge-xs">
      {count}
      <span className="sr-only">
        <Trans>waiting</Trans>
      </span>
    </span>
  );
}

/** Tabs: beside the problem, or below the call where there are three columns; on a phone they are parts of the room. */
const SIDE: readonly SidePart[] = [
  { id: "chat", label: msg`Chat`, icon: MessageSquare, Panel: ChatPanel, Badge: Unread },
  { id: "people", label: msg`People`, icon: Users, Panel: PeoplePanel, Badge: AtTheDoor },
  { id: "notes", label: msg`Notes`, icon: NotebookPen, Panel: NotesPanel, staffOnly: true },
  { id: "guide", label: msg`Guide`, icon: Lightbulb, Panel: GuidePanel, staffOnly: true },
  { id: "activity", label: msg`Activity`, icon: Activity, Panel: ActivityPanel, staffOnly: true },
];

/** Between the people and the menus. */
const HEADER: readonly HeaderPart[] = [
  { id: "start", Item: StartButton, staffOnly: true },
  { id: "timer", Item: Timer },
  { id: "lock", Item: LockButton, staffOnly: true, wideOnly: true },
  { id: "rules", label: msg`Rules and what is recorded`, icon: ShieldCheck, Dialog: RulesDialog },
  { id: "invite", label: msg`Invite somebody`, icon: UserPlus, short: msg`Invite`, Dialog: InviteDialog, staffOnly: true },
  { id: "help", Item: HelpButton },
];

function useMine<T extends Part>(parts: readonly T[]): readonly T[] {
  const { me } = useRoom();
  return parts.filter(({ staffOnly }) => !staffOnly || isStaff(me));
}

export const useSideParts = (): readonly SidePart[] => useMine(SIDE);

export const useHeaderParts = (): readonly HeaderPart[] => useMine(HEADER);
