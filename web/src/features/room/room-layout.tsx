import { useLanguages } from "@/features/execution/api";
import { useProblem } from "@/features/problems/api";
import { useWide } from "@/lib/use-wide";

import { FollowProvider, useFollow } from "./follow";
import { ConnectionNotice } from "./saved-state";
import { PlaceProvider, usePlace } from "./pads/place";
import { RoomDesk } from "./room-desk";
import { RoomHeader } from "./room-header";
import { RoomPhone } from "./room-phone";
import { RoomRuns } from "./room-runs";
import { RoomWide } from "./room-wide";
import { SettingsNotice } from "./staff/settings-notice";
import { useRunStarter } from "./use-run-starter";

/** Everything in the room, arranged for the window's width. */
export function RoomLayout({ onEnd }: { onEnd: () => void }) {
  return (
    <PlaceProvider>
      <FollowProvider>
        <Arranged onEnd={onEnd} />
      </FollowProvider>
    </PlaceProvider>
  );
}

function Arranged({ onEnd }: { onEnd: () => void }) {
  const { pad, go } = usePlace();
  const { follow } = useFollow();
  const wide = useWide();
  const languages = useLanguages();
  const problem = useProblem(pad.problem);
  const known = languages.data?.languages ?? [];
  const runner = useRunStarter(languages, problem.data);

  const desk = <RoomDesk languages={known} onRun={() => runner.run("run")} onStop={runner.stopNewest} />;
  const goTo = (id: string) => {
    follow(null);
    go(id);
  };
  const runs = <RoomRuns key={pad.id} languages={known} runner={runner} problem={problem.data} />;
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-base-200">
      <RoomHeader onEnd={onEnd} />
      <ConnectionNotice />
      <SettingsNotice />
      <main className="min-h-0 grow">
        {wide ? <RoomWide desk={desk} runs={runs} problem={problem} onGo={goTo} /> : <RoomPhone desk={desk} runs={runs} problem={problem} onGo={goTo} />}
      </main>
    </div>
  );
}
