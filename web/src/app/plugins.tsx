import type { ReactNode } from "react";

import { CallPluginContext } from "@/features/call/plugin";
import { ChatPluginContext } from "@/features/chat/plugin";
import { loadCallPlugin, loadChatPlugin } from "@/providers/stream/load";

/** Hands the features what this build has for them. */
export function Plugins({ children }: { children: ReactNode }) {
  return (
    <CallPluginContext value={loadCallPlugin}>
      <ChatPluginContext value={loadChatPlugin}>{children}</ChatPluginContext>
    </CallPluginContext>
  );
}
