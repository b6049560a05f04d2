import { useLingui } from "@lingui/react/macro";
import { FileText, MessageSquare } from "lucide-react";
import { type ReactNode, useState, useSyncExternalStore } from "react";

import { CallPanel } from "@/features/call/call-panel";
import { ChatPanel } from "@/features/chat/chat-panel";
import { useUnread } from "@/features/chat/use-unread";
import { SplitPane } from "@/ui/split-pane";
import { TabList, TabPanel } from "@/ui/tabs";

import { type ProblemQuery, RoomProblem } from "./room-problem";
import { UnreadBadge } from "./unread-badge";

interface Props {
  desk: ReactNode;
  runs: ReactNode;
  problem: ProblemQuery;
}

/** From here on the call and the chat have a column of their own. */
const THREE_COLUMNS = "(min-width: 1200px)";

function useThreeColumns(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(THREE_COLUMNS);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(THREE_COLUMNS).matches,
  );
}

export function RoomWide({ desk, runs, problem }: Props) {
  const { t } = useLingui();
  const three = useThreeColumns();
  const work = <SplitPane name="room-run" label={t`Height of the editor`} direction="column" initial={66} start={desk} end={runs} />;
  if (!three) {
    return (
      <SplitPane
        name="room-left"
        label={t`Width of the problem`}
        direction="row"
        initial={34}
        min={20}
        max={60}
        start={<LeftColumn problem={problem} />}
        end={work}
      />
    );
  }
  return (
    <SplitPane
      name="room-problem"
      label={t`Width of the problem`}
      direction="row"
      initial={27}
      min={15}
      max={45}
      start={<RoomProblem problem={problem} />}
      end={
        <SplitPane name="room-work" label={t`Width of the code`} direction="row" initial={72} min={40} max={86} start={work} end={<SideColumn />} />
      }
    />
  );
}

/** Call above, chat below. */
function SideColumn() {
  const { t } = useLingui();
  useUnread(true); // always in sight, yet perhaps in a tab of the browser that is not: its title counts
  return (
    <SplitPane
      name="room-side"
      label={t`Height of the call`}
      direction="column"
      initial={52}
      start={<CallPanel />}
      end={
        <div className="h-full bg-base-100">
          <ChatPanel />
        </div>
      }
    />
  );
}

/** Call above; problem and chat take turns below. */
function LeftColumn({ problem }: { problem: ProblemQuery }) {
  const { t } = useLingui();
  const [tab, setTab] = useState<"problem" | "chat">("problem");
  const unread = useUnread(tab === "chat");
  return (
    <SplitPane
      name="room-call"
      label={t`Height of the call`}
      direction="column"
      initial={30}
      start={<CallPanel />}
      end={
        <div className="flex h-full min-h-0 flex-col bg-base-100">
          <TabList
            name="left"
            label={t`Problem and chat`}
            tabs={[
              { id: "problem", label: t`Problem`, icon: FileText },
              { id: "chat", label: t`Chat`, icon: MessageSquare, badge: <UnreadBadge count={unread} /> },
            ]}
            selected={tab}
            onSelect={setTab}
            className="shrink-0 border-b border-base-300"
          />
          <TabPanel name="left" id="problem" selected={tab} className="min-h-0 grow">
            <RoomProblem problem={problem} />
          </TabPanel>
          <TabPanel name="left" id="chat" selected={tab} className="min-h-0 grow">
            <ChatPanel />
          </TabPanel>
        </div>
      }
    />
  );
}
