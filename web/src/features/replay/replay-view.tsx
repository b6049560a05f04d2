import { Trans, useLingui } from "@lingui/react/macro";
import { Code2, ListVideo, type LucideIcon, MessageSquare, NotebookPen, Play } from "lucide-react";
import { type ReactNode, useEffect, useMemo, useState, useSyncExternalStore } from "react";

import type { Language } from "@/features/execution/model";
import { useWide } from "@/lib/use-wide";
import { SplitPane } from "@/ui/split-pane";
import { TabList, TabPanel } from "@/ui/tabs";

import { partition } from "./clock";
import { KeysDialog } from "./keys-dialog";
import { type Hands, ofKind, onKey } from "./keys";
import { Moments, pastOf } from "./moments";
import { Player } from "./player";
import { ReplayCode } from "./replay-code";
import { ReplayChat, ReplayNotes, ReplayRuns } from "./side-parts";
import type { Moment, MomentKind, Track } from "./track";
import { Transport } from "./transport";
import { sayMoment } from "./words";

interface Props {
  /** One that has been gone through. */
  track: Track;
  languages: readonly Language[];
}

/** A session, played. It asks nobody for anything: all is in the track. */
export function ReplayView({ track, languages }: Props) {
  const { t } = useLingui();
  const wide = useWide();
  const [player] = useState(() => new Player(track));
  const state = useSyncExternalStore(player.watch, player.state);
  const [kind, setKind] = useState<MomentKind | null>(null);
  const [said, setSaid] = useState("");
  const [helping, setHelping] = useState(false);
  useEffect(() => player.pause, [player]);

  const moments = useMemo(() => ofKind(track.moments, kind), [track, kind]);
  const jumpTo = useMemo(() => (moment: Moment) => player.seek(moment.at), [player]);
  const hands: Hands = {
    player,
    jump: (by, of) => {
      const found = player.jump(of === null ? moments : ofKind(track.moments, of), by);
      setSaid(found ? sayMoment(found, track) : by === 1 ? t`There is no later one.` : t`There is no earlier one.`);
    },
    help: () => setHelping(true),
  };
  const parts = sideParts(track, state.at, languages, <Moments track={track} moments={moments} kind={kind} onKind={setKind} past={pastOf(moments, state.at)} onJump={jumpTo} />);
  const code = <ReplayCode track={track} state={state} languages={languages} />;
  return (
    // It listens to keys on their way up from the controls inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section aria-label={t`Replay`} onKeyDown={(event) => onKey(event, hands)} className="flex h-full min-h-0 flex-col" data-replay={state.playing ? "playing" : "paused"}>
      {track.code.refused > 0 && (
        <p role="alert" className="border-b border-base-300 bg-warning/14 px-3 py-1.5 text-sm">
          <Trans>Some changes in the log cannot be read. What they did is missing here.</Trans>
        </p>
      )}
      <div className="min-h-0 grow">{wide ? <Wide code={code} parts={parts} /> : <Narrow code={code} parts={parts} />}</div>
      <Transport track={track} state={state} hands={hands} moments={moments} />
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
      <KeysDialog open={helping} onClose={() => setHelping(false)} />
    </section>
  );
}

type PartId = "code" | "moments" | "chat" | "runs" | "notes";

interface Part {
  id: PartId;
  icon: LucideIcon;
  content: ReactNode;
}

function sideParts(track: Track, at: number, languages: readonly Language[], moments: ReactNode): Part[] {
  const messages = partition(track.messages, (one) => one.at <= at);
  const edits = partition(track.edits, (one) => one <= at);
  const runs = partition(track.runs, (one) => one.at <= at);
  const ended = track.runs.filter((one) => one.ended <= at).length;
  const parts: Part[] = [
    { id: "moments", icon: ListVideo, content: moments },
    { id: "chat", icon: MessageSquare, content: <ReplayChat track={track} count={messages} edits={edits} /> },
    { id: "runs", icon: Play, content: <ReplayRuns track={track} count={runs} ended={ended} languages={languages} /> },
  ];
  if (track.moments.some(({ kind }) => kind === "note")) parts.push({ id: "notes", icon: NotebookPen, content: <ReplayNotes track={track} at={at} /> });
  return parts;
}

function Wide({ code, parts }: { code: ReactNode; parts: readonly Part[] }) {
  const { t } = useLingui();
  return <SplitPane name="replay" label={t`Width of the code`} direction="row" initial={62} min={30} start={code} end={<Parts parts={parts} />} />;
}

function Narrow({ code, parts }: { code: ReactNode; parts: readonly Part[] }) {
  return <Parts parts={[{ id: "code", icon: Code2, content: code }, ...parts]} spread />;
}

function Parts({ parts, spread = false }: { parts: readonly Part[]; spread?: boolean }) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<PartId | null>(null);
  const selected = (parts.find(({ id }) => id === chosen) ?? parts[0])?.id ?? "moments";
  const names = { code: t`Code`, moments: t`Moments`, chat: t`Chat`, runs: t`Runs`, notes: t`Notes` };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <TabList
        name="replay-parts"
        label={t`Parts of the replay`}
        tabs={parts.map(({ id, icon }) => ({ id, icon, label: names[id] }))}
        selected={selected}
        onSelect={setChosen}
        spread={spread}
        className="shrink-0 border-b border-base-300 bg-base-100"
      />
      {parts.map(({ id, content }) => (
        <TabPanel key={id} name="replay-parts" id={id} selected={selected} className="min-h-0 grow">
          {content}
        </TabPanel>
      ))}
    </div>
  );
}
