import type { MessageDescriptor } from "@lingui/core";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import { recall, remember } from "@/lib/storage";

import { explain, type InputKind, type Inputs, openInput, openInputs, permissionFor, rememberDevice } from "./devices";
import { leaveChoice, NO_MEDIA, takeChoice } from "./media-choice";

type On = Record<InputKind, boolean>;

export interface LobbyState {
  /** What the person wants; remembered for the next time. */
  on: On;
  inputs: Inputs;
  problems: Partial<Record<InputKind, MessageDescriptor>>;
  opening: boolean;
}

export interface LobbyActions {
  /** Open what is wanted and not open yet (may ask for permission). */
  open: () => Promise<LobbyState>;
  toggle: (kind: InputKind) => Promise<void>;
  choose: (kind: InputKind, id: string) => Promise<void>;
  /** Hand the open devices (or none) over to the call. */
  handOver: (withMedia: boolean) => void;
  /** Entering was refused: the devices are the lobby's again. */
  takeBack: () => void;
}

const KEY = "call.on";
const isOn = (value: unknown): value is On =>
  typeof value === "object" && value !== null && "microphone" in value && "camera" in value;

const BEGINNING: Omit<LobbyState, "on"> = { inputs: { microphone: null, camera: null }, problems: {}, opening: false };

/** The devices in front of the door: opened, tried, chosen, and handed over on entering. */
export function useLobby(): LobbyState & LobbyActions {
  const [state, setState] = useState<LobbyState>(() => ({ ...BEGINNING, on: recall(KEY, isOn) ?? { microphone: true, camera: true } }));
  // Opening takes time, and the person goes on clicking: what holds now is here.
  const now = useRef(state);
  const gone = useRef(false);
  const handedOver = useRef(false);
  const inFlight = useRef<Promise<LobbyState> | null>(null);

  const set = (change: Partial<LobbyState>): void => {
    now.current = { ...now.current, ...change };
    if (!gone.current) setState(now.current);
  };
  const put = (kind: InputKind, track: MediaStreamTrack | null, problem?: MessageDescriptor): void => {
    const { inputs, problems, on } = now.current;
    if (inputs[kind] !== track) inputs[kind]?.stop();
    if (track && (gone.current || !on[kind])) {
      track.stop(); // switched off, or left, while it was being opened
      return;
    }
    if (track) track.onended = () => put(kind, null, explain(new DOMException("", "NotFoundError"), kind));
    const others = Object.fromEntries(Object.entries(problems).filter(([about]) => about !== kind));
    set({ inputs: { ...inputs, [kind]: track }, problems: problem ? { ...others, [kind]: problem } : others });
  };

  const openMissing = async (): Promise<LobbyState> => {
    const { on, inputs } = now.current;
    const kinds = (["microphone", "camera"] as const).filter((kind) => on[kind] && !inputs[kind]);
    if (kinds.length === 0) return now.current;
    set({ opening: true });
    const opened = await openInputs(kinds);
    for (const kind of kinds) put(kind, opened.inputs[kind], opened.problems[kind]);
    set({ opening: false });
    return now.current;
  };
  const open = (): Promise<LobbyState> => {
    // Who presses while the devices are being opened waits for that opening: the press must not be lost.
    inFlight.current ??= openMissing().finally(() => (inFlight.current = null));
    return inFlight.current;
  };

  const toggle = async (kind: InputKind): Promise<void> => {
    const on = { ...now.current.on, [kind]: !now.current.on[kind] };
    remember(KEY, on);
    set({ on });
    if (!on[kind]) put(kind, null);
    else if (!now.current.opening) await open();
  };

  const choose = async (kind: InputKind, id: string): Promise<void> => {
    rememberDevice(kind, id);
    if (!now.current.on[kind]) return;
    try {
      put(kind, await openInput(kind, id));
    } catch (error) {
      put(kind, null, explain(error, kind));
    }
  };

  const handOver = (withMedia: boolean): void => {
    const { microphone, camera } = now.current.inputs;
    handedOver.current = withMedia;
    for (const track of [microphone, camera]) if (track) track.onended = null;
    leaveChoice(withMedia ? { audio: microphone !== null, video: camera !== null, microphone, camera } : NO_MEDIA);
  };

  const takeBack = (): void => {
    if (handedOver.current) takeChoice();
    handedOver.current = false;
  };

  // Who allowed it before sees the preview at once; nobody is asked before they act.
  const openAllowed = useEffectEvent(async () => {
    const kinds = (["microphone", "camera"] as const).filter((kind) => now.current.on[kind]);
    const permissions = await Promise.all(kinds.map(permissionFor));
    if (!gone.current && kinds.length > 0 && permissions.every((permission) => permission === "granted")) await open();
  });
  useEffect(() => {
    gone.current = false;
    void openAllowed();
    return () => {
      gone.current = true;
      if (handedOver.current) return;
      for (const kind of ["microphone", "camera"] as const) now.current.inputs[kind]?.stop();
      now.current = { ...now.current, inputs: BEGINNING.inputs, opening: false };
    };
  }, []);

  return { ...state, open, toggle, choose, handOver, takeBack };
}
