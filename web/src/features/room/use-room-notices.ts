import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useRef } from "react";

import { toast } from "@/ui/toast";

import { useRoom, useRoomEvent } from "./events/room-context";
import { useQuiet } from "./staff/use-clock";

/** A reload or a short cut of the network is not worth a word. */
const GONE_AFTER_MS = 6_000;

/** Tells who comes and goes, politely: once each, as a notice that is also read out. */
export function useRoomNotices(): void {
  const { t } = useLingui();
  const { people, me, session } = useRoom();
  const quiet = useQuiet();
  const atTheDoor = useRef<readonly string[]>([]);
  const known = useRef<Map<string, string> | null>(null);
  const leaving = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const knocks = useEffectEvent(() => {
    for (const id of session.toAdmit.filter((one) => !atTheDoor.current.includes(one))) {
      const name = session.participants.find((one) => one.id === id)?.name;
      if (name !== undefined) toast.info(t`${name} waits to be let in.`);
    }
    atTheDoor.current = session.toAdmit;
  });
  useEffect(() => {
    knocks();
  }, [session.toAdmit]);
  const compare = useEffectEvent(() => {
    const here = new Map(people.filter(({ id, online, waiting }) => online && !waiting && id !== me.id).map(({ id, name }) => [id, name]));
    const before = known.current;
    known.current = here;
    if (!before) return;
    for (const [id, name] of here) {
      const pending = leaving.current.get(id);
      clearTimeout(pending);
      leaving.current.delete(id);
      if (!before.has(id) && pending === undefined && !quiet) toast.info(t`${name} is here.`);
    }
    for (const [id, name] of before) {
      if (here.has(id)) continue;
      const say = () => {
        leaving.current.delete(id);
        if (!quiet) toast.info(t`${name} is not here any more.`);
      };
      leaving.current.set(id, setTimeout(say, GONE_AFTER_MS));
    }
  });
  useEffect(() => {
    compare();
  }, [people]);
  useEffect(() => {
    const timers = leaving.current;
    return () => {
      for (const timer of timers.values()) clearTimeout(timer);
    };
  }, []);

  useRoomEvent("call.recording", ({ recording }) => toast.info(recording ? t`The call is being recorded.` : t`The call is no longer recorded.`));
  useRoomEvent("error", ({ message }) => toast.error(message));
}
