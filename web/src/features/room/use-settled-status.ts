import { useEffect, useState } from "react";

import type { DocStatus } from "./doc/doc-provider";

/** While somebody types, every key is saved anew. "Saved" is shown only after it has held for so long. */
const SETTLED_MS = 600;

/** The state to show: bad news at once, good news when it lasts. Never better than the truth. */
export function useSettledState(state: DocStatus["state"]): DocStatus["state"] {
  const [shown, setShown] = useState(state);
  if (state !== "saved" && shown !== state) setShown(state);
  useEffect(() => {
    if (state !== "saved") return;
    const timer = setTimeout(() => setShown("saved"), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return shown;
}
