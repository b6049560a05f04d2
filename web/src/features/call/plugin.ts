/** What may carry the call in place of our own: built in by an operator (docs/stream-plugin.md). */

import { type ComponentType, createContext } from "react";

import type { StreamAccess } from "@/lib/stream-access";

export interface CallPluginProps {
  /** Key, user, token, and the call: it is there, and the person is a member of it. */
  access: StreamAccess;
  me: { id: string; name: string; image: string | null };
  role: "host" | "interviewer" | "candidate";
  /** What the person chose in the lobby: enter with microphone, camera on. The devices are free. */
  start: { audio: boolean; video: boolean };
  /** Another token for the same call, when the first one has ended. */
  renewToken: () => Promise<string>;
}

/**
 * Enters the call when it is put up and leaves it when it is taken down. It fills the room's call panel, which may be
 * moved or out of sight: the plug-in stays up all the while. What it throws while drawing brings our own call back.
 */
export type CallPlugin = ComponentType<CallPluginProps>;

/** Null: this build has none. */
export const CallPluginContext = createContext<(() => Promise<CallPlugin | null>) | null>(null);
