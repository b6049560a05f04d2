import { useEffect, useState, useSyncExternalStore } from "react";

import { Checkup, type CheckupState } from "./checkup";
import { toolsFor } from "./tools";

/** One checkup for the page; its devices are given back when the page is left. */
export function useCheckup(invite: string | null): CheckupState & { checkup: Checkup } {
  const [checkup] = useState(() => new Checkup(toolsFor(invite)));
  const state = useSyncExternalStore(checkup.subscribe, () => checkup.state);
  useEffect(() => () => checkup.stop(), [checkup]);
  return { ...state, checkup };
}
