import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useRef } from "react";

import type { Language } from "@/features/execution/model";
import { toast } from "@/ui/toast";

import { useDocument, useDocumentView } from "../doc/document-context";
import { useRoom } from "../events/room-context";
import { usePlace } from "./place";

/** Tells what somebody else did to what everybody sees: a pad's language, a pad that was added, where all were brought. */
export function useShownNotices(languages: readonly Language[]): void {
  useLanguageNotices(languages);
  usePadNotices();
}

function useLanguageNotices(languages: readonly Language[]): void {
  const { t } = useLingui();
  const { me } = useRoom();
  const document = useDocument();
  const { pad } = usePlace();
  const name = languages.find(({ id }) => id === pad.language)?.name ?? null;
  const before = useRef<{ pad: string; name: string } | null>(null);
  const compare = useEffectEvent(() => {
    if (name === null) return;
    const switched = before.current?.pad === pad.id && before.current.name !== name;
    before.current = { pad: pad.id, name };
    if (!switched) return;
    const by = document.shownBy(pad.id);
    if (by?.id === me.id) return;
    toast.info(by ? t`${by.name} switched to ${name}. Each language keeps its own text.` : t`The language is ${name} now. Each language keeps its own text.`);
  });
  useEffect(() => {
    compare();
  }, [name, pad.id]);
}

function usePadNotices(): void {
  const { t } = useLingui();
  const { me } = useRoom();
  const document = useDocument();
  const { activePad, pads: added, language } = useDocumentView();
  const { pad: here, pads } = usePlace();
  const known = useRef<{ count: number; active: string } | null>(null);
  const isNew = (title: string) => t`New in this session: “${title}”. You find it above the code.`;
  const compare = useEffectEvent(() => {
    if (language === null) return; // the document has not come yet
    const before = known.current;
    known.current = { count: added.length, active: activePad };
    if (!before) return;
    const active = pads.find(({ id }) => id === activePad);
    if (before.active !== activePad && active) {
      const by = document.shownBy(activePad, "activeFile");
      if (by?.id !== me.id) toast.info(by ? t`${by.name} shows “${active.title}” to everybody.` : t`“${active.title}” is shown to everybody now.`);
    } else if (added.length > before.count) {
      const newest = added.at(-1);
      if (newest && newest.id !== here.id) toast.info(isNew(newest.title));
    }
  });
  // Who is there, perhaps because they added it themselves, need not be told.
  const arrived = useEffectEvent(() => toast.withdraw(isNew(here.title)));
  useEffect(() => {
    arrived();
  }, [here.id]);
  useEffect(() => {
    compare();
  }, [activePad, added.length, language]);
}
