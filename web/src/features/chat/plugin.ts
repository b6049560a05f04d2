/** What may carry the chat in place of our own: built in by an operator (docs/stream-plugin.md). */

import { type ComponentType, createContext } from "react";

import type { StreamAccess } from "@/lib/stream-access";

export interface ChatPluginProps {
  /** Key and user. The channel's type is `messaging`, its id that of the call; the person is a member of it. */
  access: StreamAccess;
  me: { id: string; name: string; image: string | null };
  /** A token of the user, also when the one before has ended. The `token` of `access` is for the call. */
  token: () => Promise<string>;
}

/** Fills the room's chat panel while that is in sight. What it throws while drawing brings our own chat back. */
export type ChatPlugin = ComponentType<ChatPluginProps>;

/** Null: this build has none. */
export const ChatPluginContext = createContext<(() => Promise<ChatPlugin | null>) | null>(null);
