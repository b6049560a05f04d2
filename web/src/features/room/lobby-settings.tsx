import { Trans, useLingui } from "@lingui/react/macro";

import { messageOf } from "@/lib/api/client";
import { useConfig } from "@/lib/config";
import { Check } from "@/ui/check";
import { Select } from "@/ui/field";
import { toast } from "@/ui/toast";

import { useRoom } from "./events/room-context";
import { type Directions, useDirect } from "./staffing";

const FEWEST = 2;

/** Who may come in, and how many. */
export function LobbySettings() {
  const { t } = useLingui();
  const { session } = useRoom();
  const direct = useDirect(session.id);
  const most = Math.max(useConfig()?.limits.capacityMax ?? FEWEST, session.capacity);
  const seats = Array.from({ length: most - FEWEST + 1 }, (_, index) => FEWEST + index);
  const set = (body: Directions) => direct.mutate(body, { onError: (error) => toast.error(messageOf(error)) });
  return (
    <div className="mt-auto flex flex-col gap-3 border-t border-base-300 pt-3">
      <Check checked={session.lobby} disabled={direct.isPending} onChange={(lobby) => set({ lobby })}>
        <Trans>Whoever comes waits until somebody lets them in</Trans>
      </Check>
      <Select
        label={t`Seats, the host's included`}
        value={session.capacity}
        disabled={direct.isPending}
        onChange={(event) => set({ capacity: Number(event.target.value) })}
      >
        {seats.map((count) => (
          <option key={count} value={count}>
            {count}
          </option>
        ))}
      </Select>
    </div>
  );
}
