import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { use, useState } from "react";

import { useRoom } from "@/features/room/events/room-context";
import { useConfig } from "@/lib/config";
import { newChatToken, type StreamAccess, useStreamAccess } from "@/lib/stream-access";
import { Button } from "@/ui/button";
import { ErrorGuard } from "@/ui/error-guard";

import { type ChatProps, OwnChat } from "./own-chat";
import { type ChatPlugin, ChatPluginContext } from "./plugin";

/** The chat of the room, our own or a plug-in's. Fills its parent. */
export function ChatPanel(props: ChatProps) {
  const { messages } = useRoom();
  const [broken, setBroken] = useState(false);
  const [chosen, setChosen] = useState<"own" | "plugin" | null>(null);
  const { plugin, access } = usePlugin();
  if (!plugin || !access || broken) return <OwnChat {...props} />;
  if (messages.length === 0) return <Plugged Plugin={plugin} access={access} onError={() => setBroken(true)} />;
  // Somebody could not use the plug-in and wrote here. What is written here is there for all.
  const shown = chosen ?? "own";
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-2 border-b border-base-300 px-3 py-1.5 text-sm">
        <span className="grow">
          {shown === "own" ? <Trans>Written on this server</Trans> : <Trans>Written at Stream</Trans>}
        </span>
        <Button size="s" onClick={() => setChosen(shown === "own" ? "plugin" : "own")}>
          {shown === "own" ? <Trans>Show Stream's chat</Trans> : <Trans>Show this server's chat</Trans>}
        </Button>
      </div>
      <div className="min-h-0 grow">
        {shown === "own" ? <OwnChat {...props} /> : <Plugged Plugin={plugin} access={access} onError={() => setBroken(true)} />}
      </div>
    </div>
  );
}

/** Nothing where our own chat is the only one, or the session is over. */
function usePlugin() {
  const { session, me, status } = useRoom();
  const load = use(ChatPluginContext);
  const config = useConfig();
  const takesPart = me.role !== "observer" && session.status === "active" && status !== "ended";
  const possible = load !== null && takesPart && config?.chat === "stream";
  const access = useStreamAccess(session.id, possible);
  const { data: plugin } = useQuery({
    queryKey: ["chat-plugin"],
    queryFn: async () => (await load?.()) ?? null,
    enabled: possible,
    staleTime: Infinity,
  });
  return possible ? { plugin, access } : { plugin: null, access: null };
}

function Plugged({ Plugin, access, onError }: { Plugin: ChatPlugin; access: StreamAccess; onError: () => void }) {
  const { me, people } = useRoom();
  const image = people.find(({ id }) => id === me.id)?.profileImage ?? null;
  return (
    <section data-testid="chat-plugin" className="h-full min-h-0">
      <ErrorGuard onError={onError}>
        <Plugin access={access} me={{ id: me.id, name: me.name, image }} token={newChatToken} />
      </ErrorGuard>
    </section>
  );
}
