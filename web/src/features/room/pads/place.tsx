/** Where the reader is: in which pad, at which file. Everybody may look around; what is shown to all moves all. */
import { createContext, type ReactNode, use, useState } from "react";

import { useDocumentView } from "../doc/document-context";
import { type Pad, padOf, prefixOf } from "../doc/shared-pads";
import { useRoom } from "../events/room-context";

export interface Place {
  pad: Pad;
  /** The first one included. */
  pads: readonly Pad[];
  /** The file that the reader looks at. */
  path: string | null;
  /** What the path begins with: nobody wants to read it. */
  prefix: string;
  /** All files of the pad. */
  paths: readonly string[];
  /** Those that somebody made or wrote in. */
  written: readonly string[];
  /** Those to be seen: what is written, and what is shown. */
  worthy: readonly string[];
  /** The reader has gone elsewhere than everybody is shown. */
  apart: boolean;
  /** Only for the reader. Without a path: to what is shown of the pad. */
  go: (pad: string, path?: string) => void;
  goTo: (path: string) => void;
}

const PlaceContext = createContext<Place | null>(null);

export function PlaceProvider({ children }: { children: ReactNode }) {
  const { session } = useRoom();
  const view = useDocumentView();
  const [own, setOwn] = useState<{ pad: string; path: string | null } | null>(null);
  const first: Pad = { id: "", title: session.problem, problem: session.problemSlug, language: view.language, activeFile: view.activeFile };
  const pads = [first, ...view.pads];
  const find = (id: string | undefined) => pads.find((pad) => pad.id === id);
  const shown = find(view.activePad) ?? first;
  const shownKey = JSON.stringify([shown.id, shown.activeFile]);
  const [lastShown, setLastShown] = useState(shownKey);
  if (shownKey !== lastShown) {
    setLastShown(shownKey);
    setOwn(null);
  }
  const pad = find(own?.pad) ?? shown;
  const paths = view.paths.filter((path) => padOf(path, view.pads) === pad.id);
  const there = (path: string | null | undefined) => (path && paths.includes(path) ? path : null);
  const written = paths.filter((path) => view.touched.has(path));
  const path = (own?.pad === pad.id ? there(own.path) : null) ?? there(pad.activeFile) ?? written[0] ?? paths[0] ?? null;
  const place: Place = {
    pad,
    pads,
    path,
    prefix: prefixOf(pad.id),
    paths,
    written,
    worthy: paths.filter((one) => one === path || one === pad.activeFile || view.touched.has(one)),
    apart: pad.id !== shown.id || path !== (there(shown.activeFile) ?? path),
    go: (id, to) => setOwn({ pad: id, path: to ?? null }),
    goTo: (to) => setOwn({ pad: padOf(to, view.pads), path: to }),
  };
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

export function usePlace(): Place {
  const place = use(PlaceContext);
  if (!place) throw new Error("usePlace outside PlaceProvider");
  return place;
}
