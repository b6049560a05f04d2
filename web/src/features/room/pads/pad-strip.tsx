import { useLingui } from "@lingui/react/macro";
import { PenLine, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";

import { IconButton } from "@/ui/button";

import { useRoom } from "../events/room-context";
import { isStaff } from "../rights";
import { AddPadDialog } from "./add-pad-dialog";
import { usePlace } from "./place";
import { Strip, type StripEntry } from "./strip";

/** As the server has it (`timeline/pads.py`), the first one included. */
const PADS_MAX = 10;

/** Where the board has no tab of its own it stands among the pads. */
export interface BoardEntry {
  shown: boolean;
  /** Beside its name. */
  badge: ReactNode;
  onShow: () => void;
}

/** No pad has it: a slash is in none. */
const BOARD = "/board";

/** The problems and pads of the session. A single one alone needs no strip. */
export function PadStrip({ onGo, board }: { onGo: (pad: string) => void; board?: BoardEntry }) {
  const { t } = useLingui();
  const { pad, pads } = usePlace();
  if (pads.length < 2 && !board) return null;
  const entries: StripEntry[] = pads.map(({ id, title }, index) => ({ id, label: title || t`Pad ${index + 1}` }));
  if (board) entries.push({ id: BOARD, label: t`Board`, icon: PenLine, badge: board.badge });
  return (
    <Strip
      label={t`Problems and pads`}
      entries={entries}
      selected={board?.shown ? BOARD : pad.id}
      onSelect={(id) => (id === BOARD ? board?.onShow() : onGo(id))}
    />
  );
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
