import type { CallPlugin } from "@/features/call/plugin";
import type { ChatPlugin } from "@/features/chat/plugin";

export type { CallPlugin, CallPluginProps } from "@/features/call/plugin";
export type { ChatPlugin, ChatPluginProps } from "@/features/chat/plugin";

/** The default export of an operator's plug-in. What is left out, ours does. */
export interface StreamPlugin {
  call?: CallPlugin;
  chat?: ChatPlugin;
}
