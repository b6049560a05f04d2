import { useLingui } from "@lingui/react/macro";
import { FileText } from "lucide-react";
import { type ReactNode, useState, useSyncExternalStore } from "react";

import { CallPanel } from "@/features/call/call-panel";
import { SplitPane } from "@/ui/split-pane";
import { TabList, TabPanel } from "@/ui/tabs";

import { BoardPanel } from "./board/board-panel";
import { useBoardTab } from "./board/use-board-tab";
import { PadStrip } from "./pads/pad-strip";
import { useSideParts } from "./parts";
import { type ProblemQuery, RoomProblem } from "./room-problem";
import { SidePanels, useSideTabs } from "./side-tabs";

interface Props {
  desk: ReactNode;
  runs: ReactNode;
  problem: ProblemQuery;
  /** To a pad, by hand. */
  onGo: (pad: string) => void;
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

export function RoomWide({ desk, runs, problem, onGo }: Props) {
  const { t } = useLingui();
  const three = useThreeColumns();
  const code = <SplitPane name="room-run" label={t`Height of the editor`} direction="column" initial={66} start={desk} end={runs} />;
  const work = <Work code={code} onGo={onGo} />;
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

/** The code with its runs, or the board. */
function Work({ code, onGo }: { code: ReactNode; onGo: (pad: string) => void }) {
  const [drawing, setDrawing] = useState(false);
  const { opened, badge } = useBoardTab(drawing);
  return (
    <div className="flex h-full min-h-0 flex-col bg-base-100">
      <PadStrip
        onGo={(pad) => {
          setDrawing(false);
          onGo(pad);
        }}
        board={{ shown: drawing, badge, onShow: () => setDrawing(true) }}
      />
      <div hidden={drawing} className="min-h-0 grow">
        {code}
      </div>
      <div hidden={!drawing} className="min-h-0 grow">
        {opened && <BoardPanel shown={drawing} />}
      </div>
    </div>
  );
}

/** Call above; chat and whatever else there is below. */
function SideColumn() {
  const { t } = useLingui();
  return (
    <SplitPane
      name="room-side"
      label={t`Height of the call`}
      direction="column"
      initial={52}
      start={<CallPanel />}
      end={<SideParts />}
    />
  );
}

/** A single one needs no tab. */
function SideParts() {
  const { t } = useLingui();
  const parts = useSideParts();
  const [wanted, setWanted] = useState("chat");
  const selected = parts.some(({ id }) => id === wanted) ? wanted : "chat";
  const tabs = useSideTabs(parts, selected);
  const [only, ...others] = parts;
  if (only && others.length === 0) {
    return (
      <div className="h-full bg-base-100">
        {/* Always in sight, yet perhaps in a tab of the browser that is not: its title counts. */}
        <span className="hidden">{tabs[0]?.badge}</span>
        <only.Panel />
      </div>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col bg-base-100">
      <TabList name="side" label={t`Beside the code`} tabs={tabs} selected={selected} onSelect={setWanted} folds className="shrink-0 border-b border-base-300" />
      <SidePanels name="side" parts={parts} selected={selected} />
    </div>
  );
}

/** Call above; problem, chat and whatever else there is take turns below. */
function LeftColumn({ problem }: { problem: ProblemQuery }) {
  const { t } = useLingui();
  const parts = useSideParts();
  const [wanted, setWanted] = useState("problem");
  const selected = parts.some(({ id }) => id === wanted) ? wanted : "problem";
  const tabs = useSideTabs(parts, selected);
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
            tabs={[{ id: "problem", label: t`Problem`, icon: FileText }, ...tabs]}
            selected={selected}
            onSelect={setWanted}
            folds
            className="shrink-0 border-b border-base-300"
          />
          <TabPanel name="left" id="problem" selected={selected} className="min-h-0 grow">
            <RoomProblem problem={problem} />
          </TabPanel>
          <SidePanels name="left" parts={parts} selected={selected} />
        </div>
      }
    />
  );
}
