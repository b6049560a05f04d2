import { Trans, useLingui } from "@lingui/react/macro";
import { Code2, Ellipsis, FileText, PenLine, Play, Video } from "lucide-react";
import { type ReactNode, useState } from "react";

import { CallPanel } from "@/features/call/call-panel";
import { Icon } from "@/ui/icon";
import { Menu } from "@/ui/menu";
import { TabList, TabPanel } from "@/ui/tabs";

import { BoardPanel } from "./board/board-panel";
import { useBoardTab } from "./board/use-board-tab";
import { useRoom } from "./events/room-context";
import { PadStrip } from "./pads/pad-strip";
import { type SidePart, useSideParts } from "./parts";
import { type ProblemQuery, RoomProblem } from "./room-problem";
import { SidePanels, useSideTabs } from "./side-tabs";

interface Props {
  desk: ReactNode;
  runs: ReactNode;
  problem: ProblemQuery;
  /** To a pad, by hand. */
  onGo: (pad: string) => void;
}

/** Besides those of the side. */
const OWN = ["problem", "code", "run", "board", "call"];

/** As many of the side have a tab; if there are more, one tab is the part that was chosen last, and the others are in a menu. */
const SIDE_TABS = 2;

/** Beside the tab of the runs: there is one that nobody has looked at here. */
function NewRun() {
  return (
    <span className="size-2 rounded-full bg-primary">
      <span className="sr-only">
        <Trans>new run</Trans>
      </span>
    </span>
  );
}

/** One part at a time; a run of one's own leads to its output, somebody else's only shows on its tab. */
export function RoomPhone({ desk, runs, problem, onGo }: Props) {
  const { t } = useLingui();
  const { me, runs: all } = useRoom();
  const parts = useSideParts();
  const [wanted, setPart] = useState("code");
  const [beside, setBeside] = useState(parts[SIDE_TABS - 1]?.id);
  const part = OWN.includes(wanted) || parts.some(({ id }) => id === wanted) ? wanted : "code";
  const newest = all[0];
  const [known, setKnown] = useState(newest?.id);
  const [looked, setLooked] = useState(newest?.id);
  const always = parts.slice(0, SIDE_TABS - 1);
  const others = parts.slice(SIDE_TABS - 1);
  const last = others.find(({ id }) => id === beside) ?? others[0];
  const inMenu = others.filter((one) => one !== last);
  const choose = (id: string) => {
    setPart(id);
    if (others.some((one) => one.id === id)) setBeside(id);
  };
  if (newest?.id !== known) {
    setKnown(newest?.id);
    if (newest?.by.id === me.id && part === "code") setPart("run");
  }
  if (part === "run" && looked !== known) setLooked(known);
  const { opened, badge } = useBoardTab(part === "board");
  const tabs = [
    { id: "problem", label: t`Problem`, icon: FileText },
    { id: "code", label: t`Code`, icon: Code2 },
    { id: "run", label: t`Run`, icon: Play, badge: looked !== known && <NewRun /> },
    { id: "board", label: t`Board`, icon: PenLine, badge },
    { id: "call", label: t`Call`, icon: Video },
    ...useSideTabs(last ? [...always, last] : always, part),
  ];
  const panel = "min-h-0 grow";
  return (
    <div className="flex h-full flex-col">
      {part !== "call" && me.role !== "observer" && (
        <div className="h-28 shrink-0 border-b border-base-300">
          <CallPanel />
        </div>
      )}
      <TabPanel name="room" id="problem" selected={part} className={panel}>
        <RoomProblem problem={problem} />
      </TabPanel>
      <TabPanel name="room" id="code" selected={part} keep className={panel}>
        <div className="flex h-full min-h-0 flex-col bg-base-100">
          <PadStrip onGo={onGo} />
          <div className="min-h-0 grow">{desk}</div>
        </div>
      </TabPanel>
      <TabPanel name="room" id="run" selected={part} keep className={panel}>
        {runs}
      </TabPanel>
      <TabPanel name="room" id="board" selected={part} keep className={panel}>
        {opened && <BoardPanel shown={part === "board"} />}
      </TabPanel>
      <TabPanel name="room" id="call" selected={part} className={panel}>
        <CallPanel />
      </TabPanel>
      <SidePanels name="room" parts={parts} selected={part} />
      <div className="phone-tabs flex shrink-0 border-t border-base-300 bg-base-100">
        <TabList name="room" label={t`Parts of the room`} tabs={tabs} selected={part} onSelect={choose} spread className="min-w-0 grow" />
        {inMenu.length > 0 && <MoreParts parts={inMenu} onChoose={choose} />}
      </div>
    </div>
  );
}

interface MoreProps {
  parts: readonly SidePart[];
  onChoose: (id: string) => void;
}

function MoreParts({ parts, onChoose }: MoreProps) {
  const { t } = useLingui();
  const entries = parts.map(({ id, label, icon }) => ({ label: t(label), icon, onSelect: () => onChoose(id) }));
  return (
    <Menu label={t`More parts of the room`} entries={entries} side="top">
      {(button) => (
        <button {...button} className="tab-item">
          <Icon of={Ellipsis} />
          <Trans>More</Trans>
          {parts.map(({ id, Badge }) => Badge && <Badge key={id} shown={false} />)}
        </button>
      )}
    </Menu>
  );
}
