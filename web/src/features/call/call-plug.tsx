/** Whether a plug-in carries the call, and the place where it lives while the room's layout moves its panel about. */

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, type Ref, use, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";

import { useRoom } from "@/features/room/events/room-context";
import { useConfig } from "@/lib/config";
import { newCallToken, type StreamAccess, useStreamAccess } from "@/lib/stream-access";
import { ErrorGuard } from "@/ui/error-guard";

import { dropChoice, waitingChoice } from "./media-choice";
import { type CallPlugin, CallPluginContext } from "./plugin";

interface Plug {
  /** Until it is known, nobody enters any call. */
  carrier: "unknown" | "own" | "plugin";
  /** A plug-in is there, but what it needs is away. */
  away: boolean;
  place: HTMLElement | null;
  parking: HTMLElement | null;
}

const PlugContext = createContext<Plug>({ carrier: "own", away: false, place: null, parking: null });

export const useCallPlug = (): Plug => use(PlugContext);

/** Inside RoomProvider, above CallProvider. */
export function CallPlug({ children }: { children: ReactNode }) {
  const [broken, setBroken] = useState(false);
  const { carrier, away, plugin, access } = useCarrier(broken);
  const [place] = useState(newPlace);
  const [parking, setParking] = useState<HTMLElement | null>(null);
  return (
    <PlugContext value={{ carrier, away, place, parking }}>
      <div hidden ref={setParking} />
      {carrier === "plugin" &&
        plugin &&
        access &&
        createPortal(
          <ErrorGuard onError={() => setBroken(true)}>
            <Plugged Plugin={plugin} access={access} />
          </ErrorGuard>,
          place,
        )}
      {children}
    </PlugContext>
  );
}

/**
 * Everybody must be in the same call. So whoever cannot use the plug-in enters our own, and when anybody is in our own,
 * all are; it stays so until the page is loaded anew, as nobody should be moved between calls in the middle of a word.
 */
function useCarrier(broken: boolean) {
  const { session, me, status, peers } = useRoom();
  const load = use(CallPluginContext);
  const config = useConfig();
  const [own, setOwn] = useState(false);
  const takesPart = me.role !== "observer" && session.status === "active" && status !== "ended";
  const possible = load !== null && takesPart && config?.call === "stream" && !own;
  const access = useStreamAccess(session.id, possible);
  const { data: plugin, isError } = useQuery({
    queryKey: ["call-plugin"],
    queryFn: async () => (await load?.()) ?? null,
    enabled: possible,
    staleTime: Infinity,
  });
  const [away, setAway] = useState(false);
  if (possible && access === null) setAway(true);
  if (possible && (access === null || plugin === null || isError || broken || peers.length > 0)) setOwn(true);

  const undecided = load !== null && takesPart && (config === undefined || (possible && (!access || !plugin)));
  const carrier: Plug["carrier"] = undecided ? "unknown" : possible ? "plugin" : "own";
  return { carrier, away, plugin, access };
}

function Plugged({ Plugin, access }: { Plugin: CallPlugin; access: StreamAccess }) {
  const { session, me, people } = useRoom();
  const [start] = useState(waitingChoice);
  useEffect(dropChoice, []); // the plug-in opens the devices itself
  const image = people.find(({ id }) => id === me.id)?.profileImage ?? null;
  if (me.role === "observer") return null;
  return (
    <Plugin
      access={access}
      me={{ id: me.id, name: me.name, image }}
      role={me.role}
      start={start}
      renewToken={() => newCallToken(session.id)}
    />
  );
}

/** Where the plug-in is seen: the element that it lives in is moved here, and goes back to its parking when this goes. */
export function PluggedPanel() {
  const { place, parking } = useCallPlug();
  const slot: Ref<HTMLDivElement> = useRef(null);
  useLayoutEffect(() => {
    if (place) slot.current?.append(place);
    return () => {
      if (place) parking?.append(place);
    };
  }, [place, parking]);
  return <div ref={slot} className="h-full min-h-0" data-testid="call-plugin" />;
}

function newPlace(): HTMLElement {
  const place = document.createElement("div");
  place.style.height = "100%";
  return place;
}
