import { Trans, useLingui } from "@lingui/react/macro";

import { useRoom } from "@/features/room/events/room-context";
import { classes } from "@/lib/classes";

import { arrange, GAP } from "./arrange";
import { useCallSnapshot, useCallStore } from "./call-provider";
import { OWN } from "./call-store";
import { CallTile, type TileFace } from "./call-tile";
import type { Tile } from "./engine";
import { useStreamOf } from "./picture";
import { ScreenShare } from "./screen-share";
import { useSize } from "./use-size";

/** The line below one's own picture, in pixels. */
const NOTE = 20;

/** Everybody in the call, and the screens that are shared, as large as the space allows. */
export function CallStage({ low = false }: { low?: boolean }) {
  const { call } = useCallSnapshot();
  const screens = call.tiles.filter((tile) => tile.screen && tile.link !== "connecting");
  return (
    <div className={classes("flex min-h-0 min-w-0 grow gap-2", !low && "flex-col")}>
      {screens.length > 0 && (
        <div className={classes("grid min-h-0 min-w-0 basis-0 auto-rows-fr gap-2", low ? "grow-2" : "grow-3")}>
          {screens.map((tile) => (
            <ScreenShare key={tile.key} stream={tile.streams.screen} name={tile.name} />
          ))}
        </div>
      )}
      <Tiles tiles={call.tiles} />
    </div>
  );
}

function Tiles({ tiles }: { tiles: readonly Tile[] }) {
  const { t } = useLingui();
  const { me, people } = useRoom();
  const store = useCallStore();
  const { local, talking } = useCallSnapshot();
  const [space, { width, height }] = useSize<HTMLDivElement>();
  const camera = useStreamOf(local.tracks.camera);
  const alone = tiles.length === 0;
  const size = arrange(tiles.length + 1, width, alone ? height - NOTE : height);

  const faceOf = (id: string, name: string): TileFace => {
    const person = people.find((one) => one.id === id);
    return { name, image: person?.profileImage ?? null, color: person?.color ?? 0 };
  };
  const tile = { width: size.width, height: size.height };

  return (
    <div ref={space} className="relative min-h-0 min-w-0 grow basis-0 overflow-hidden">
      <ul
        aria-label={t`People in the call`}
        className="absolute inset-x-0 top-0 flex flex-wrap content-center justify-center"
        style={{ gap: GAP, bottom: alone ? NOTE : 0 }}
      >
        {tiles.map((other) => (
          <CallTile
            {...tile}
            key={other.key}
            face={faceOf(other.personId, other.name)}
            title={other.personId === me.id ? t`You, in another window` : other.name}
            camera={other.video ? other.streams.camera : null}
            muted={!other.audio}
            sharing={other.screen}
            talking={other.audio && talking.has(other.key)}
            link={other.link}
            onRetry={() => store.call.retry(other.key)}
          />
        ))}
        <CallTile
          {...tile}
          own
          face={faceOf(me.id, me.name)}
          title={t`You`}
          camera={camera}
          muted={!local.audio}
          sharing={local.screen}
          talking={talking.has(OWN)}
          link="connected"
        />
      </ul>
      {alone && (
        <p role="status" className="quiet absolute inset-x-0 bottom-0 text-center text-xs">
          <Trans>The others are not in the call yet.</Trans>
        </p>
      )}
    </div>
  );
}
