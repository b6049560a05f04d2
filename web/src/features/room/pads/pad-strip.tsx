import { useLingui } from "@lingui/react/macro";
import { Plus } from "lucide-react";
import { useState } from "react";

import { IconButton } from "@/ui/button";

import { useRoom } from "../events/room-context";
import { isStaff } from "../rights";
import { AddPadDialog } from "./add-pad-dialog";
import { usePlace } from "./place";
import { Strip } from "./strip";

/** As the server has it (`timeline/pads.py`), the first one included. */
const PADS_MAX = 10;

/** The problems and pads of the session. A single one needs no strip. */
export function PadStrip({ onGo }: { onGo: (pad: string) => void }) {
  const { t } = useLingui();
  const { pad, pads } = usePlace();
  if (pads.length < 2) return null;
  const entries = pads.map(({ id, title }, index) => ({ id, label: title || t`Pad ${index + 1}` }));
  return <Strip label={t`Problems and pads`} entries={entries} selected={pad.id} onSelect={onGo} />;
}

/** For those who interview. */
export function AddPad({ onAdded }: { onAdded: (pad: string) => void }) {
  const { t } = useLingui();
  const { me } = useRoom();
  const { pads } = usePlace();
  const [adding, setAdding] = useState(false);
  if (!isStaff(me) || pads.length >= PADS_MAX) return null;
  return (
    <>
      <IconButton icon={Plus} label={t`Add a problem or a pad`} onClick={() => setAdding(true)} />
      <AddPadDialog open={adding} onClose={() => setAdding(false)} onAdded={onAdded} />
    </>
  );
}
