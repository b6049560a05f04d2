import { Trans } from "@lingui/react/macro";

import { setKeepsRooms } from "@/lib/kept-rooms";
import { useKeepsRooms } from "@/lib/use-keeps-rooms";

/** What stays on this computer, said before anything does; off for one that is not one's own. */
export function KeepHere() {
  const keeps = useKeepsRooms();
  return (
    <label className="quiet flex cursor-pointer items-start gap-2.5 text-sm text-pretty">
      <input type="checkbox" className="checkbox mt-0.5 shrink-0 checkbox-sm" checked={keeps} onChange={(event) => setKeepsRooms(event.target.checked)} />
      <Trans>
        Keep a copy of the code and the chat on this computer until the session ends, to go on without a network. Switch it off if this is not your
        computer.
      </Trans>
    </label>
  );
}
