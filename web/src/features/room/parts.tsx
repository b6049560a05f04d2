/** What stands beside the code and in the header, each with one line: both arrangements of the room read these lists. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { type LucideIcon, MessageSquare } from "lucide-react";
import type { ComponentType } from "react";

import { ChatPanel } from "@/features/chat/chat-panel";
import { useUnread } from "@/features/chat/use-unread";

import { useRoom } from "./events/room-context";
import { InviteButton } from "./invite-button";
import { isStaff } from "./rights";
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

export interface HeaderPart extends Part {
  Item: ComponentType;
}

function Unread({ shown }: { shown: boolean }) {
  return <UnreadBadge count={useUnread(shown)} />;
}

/** Tabs: beside the problem, or below the call where there are three columns; on a phone they are parts of the room. */
const SIDE: readonly SidePart[] = [{ id: "chat", label: msg`Chat`, icon: MessageSquare, Panel: ChatPanel, Badge: Unread }];

/** Between the people and the menus. */
const HEADER: readonly HeaderPart[] = [{ id: "invite", Item: InviteButton, staffOnly: true }];

function useMine<T extends Part>(parts: readonly T[]): readonly T[] {
  const { me } = useRoom();
  return parts.filter(({ staffOnly }) => !staffOnly || isStaff(me));
}

export const useSideParts = (): readonly SidePart[] => useMine(SIDE);

export const useHeaderParts = (): readonly HeaderPart[] => useMine(HEADER);
