/** The pads of a room: its first one, and those in `Y.Map "pads"` with a title, a problem and files of their own. */
import * as Y from "yjs";

/** A problem or a blank sheet, as whoever is in the room may have written it: the server goes by its log. */
export interface Pad {
  /** Empty: the first one. Else what the paths of its files begin with. */
  id: string;
  title: string;
  /** Slug; empty when it is about none. */
  problem: string;
  /** Language id. */
  language: string | null;
  /** The file that is shown to everybody who has not gone elsewhere. */
  activeFile: string | null;
}

/** Yjs client id of what the document began with (`room/seed.py`). */
const SEED_CLIENT = 1;

/** In the order in which they were added. What is no pad is passed over: it may be anybody's program's. */
export function readPads(pads: Y.Map<unknown>): readonly Pad[] {
  const found: { pad: Pad; at: number }[] = [];
  for (const [id, one] of pads) {
    if (!(one instanceof Y.Map) || id === "" || id.includes("/")) continue;
    const at: unknown = one.get("at");
    const pad = {
      id,
      title: text(one.get("title")) ?? "",
      problem: text(one.get("problem")) ?? "",
      language: text(one.get("language")),
      activeFile: text(one.get("activeFile")),
    };
    found.push({ pad, at: typeof at === "number" ? at : Infinity });
  }
  return found.sort((a, b) => a.at - b.at || (a.pad.id < b.pad.id ? -1 : 1)).map(({ pad }) => pad);
}

/** Id of the pad that a path belongs to. */
export function padOf(path: string, pads: readonly Pick<Pad, "id">[]): string {
  const slash = path.indexOf("/");
  const first = slash < 0 ? "" : path.slice(0, slash);
  return first !== "" && pads.some(({ id }) => id === first) ? first : "";
}

/** What all paths of a pad begin with. */
export const prefixOf = (pad: string): string => (pad === "" ? "" : `${pad}/`);

/**
 * Whether somebody made this file or wrote in it. (Every pad begins with one for each language there is: two dozen that
 * nobody wants to see.)
 */
export function touched(files: Y.Map<Y.Text>, pads: Y.Map<unknown>, path: string): boolean {
  const entry = files._map.get(path);
  const value: unknown = files.get(path);
  if (!entry || !(value instanceof Y.Text)) return false;
  const slash = path.indexOf("/");
  const seed = (slash < 0 ? undefined : pads._map.get(path.slice(0, slash))?.id.client) ?? SEED_CLIENT;
  if (entry.id.client !== seed) return true;
  for (let item = value._start; item !== null; item = item.right) if (item.deleted || item.id.client !== seed) return true;
  return false;
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
