import { useSyncExternalStore } from "react";

/** From here on two panes stand side by side; below, panels become tabs. */
const WIDE = "(min-width: 900px)";

const query = () => window.matchMedia(WIDE);

function subscribe(listener: () => void): () => void {
  const media = query();
  media.addEventListener("change", listener);
  return () => media.removeEventListener("change", listener);
}

export const useWide = (): boolean => useSyncExternalStore(subscribe, () => query().matches);
