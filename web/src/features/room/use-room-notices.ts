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
  const atTheDoor = useRef(new Map<string, string>());
  const known = useRef<Map<string, string> | null>(null);
  const leaving = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const knocks = useEffectEvent(() => {
    const said = atTheDoor.current;
    for (const id of session.toAdmit.filter((one) => !said.has(one))) {
      const name = session.participants.find((one) => one.id === id)?.name;
      if (name === undefined) continue;
      said.set(id, t`${name} waits to be let in.`);
      toast.info(t`${name} waits to be let in.`);
    }
    for (const [id, words] of said) {
      if (session.toAdmit.includes(id)) continue;
      said.delete(id);
      toast.withdraw(words);
    }
  });
  useEffect(() => {
    knocks();
  }, [session.toAdmit]);
  const role = useRef({ known: me.role, said: "" });
  const become = useEffectEvent(() => {
    if (role.current.known === me.role) return;
    const words = {
      host: t`You are the host now: you change roles and end the session.`,
      interviewer: t`You are an interviewer now.`,
      candidate: t`You are the candidate now.`,
      observer: t`You are an observer now: you see everything and change nothing.`,
    };
    toast.withdraw(role.current.said);
    role.current = { known: me.role, said: words[me.role] };
    toast.info(role.current.said);
  });
  useEffect(() => {
    become();
  }, [me.role]);
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
