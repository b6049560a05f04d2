/** The keys of a replay: one table, for who presses them and for the sheet that explains them. */
import { t } from "@lingui/core/macro";
import type { KeyboardEvent } from "react";

import { SPEEDS } from "./clock";
import type { Player } from "./player";
import type { Moment, MomentKind } from "./track";

const SKIP_MS = 5000;

export interface Hands {
  player: Player;
  /** To the next or last moment of a kind; null: of those that are listed. */
  jump: (by: 1 | -1, kind: MomentKind | null) => void;
  help: () => void;
}

export interface Key {
  /** As `KeyboardEvent.key` has it. */
  keys: readonly string[];
  shown: string;
  does: () => string;
  act: (hands: Hands) => void;
}

const key = (keys: readonly string[], shown: string, does: () => string, act: (hands: Hands) => void): Key => ({ keys, shown, does, act });

export const KEYS: readonly Key[] = [
  key([" ", "k"], "Space, K", () => t`Play or pause`, ({ player }) => player.toggle()),
  key(["ArrowLeft"], "←", () => t`5 seconds back`, ({ player }) => player.skip(-SKIP_MS * player.state().speed)),
  key(["ArrowRight"], "→", () => t`5 seconds forward`, ({ player }) => player.skip(SKIP_MS * player.state().speed)),
  key([","], ",", () => t`One change back`, ({ player }) => player.step(-1)),
  key(["."], ".", () => t`One change forward`, ({ player }) => player.step(1)),
  key(["p"], "P", () => t`Previous moment of the list`, ({ jump }) => jump(-1, null)),
  key(["n"], "N", () => t`Next moment of the list`, ({ jump }) => jump(1, null)),
  ...jumps("r", "run", () => t`Next run (with Shift the one before)`),
  ...jumps("m", "message", () => t`Next message (with Shift the one before)`),
  ...jumps("v", "paste", () => t`Next paste (with Shift the one before)`),
  ...jumps("o", "note", () => t`Next note (with Shift the one before)`),
  key(["s"], "S", () => t`Slower`, ({ player }) => changeSpeed(player, -1)),
  key(["f"], "F", () => t`Faster`, ({ player }) => changeSpeed(player, 1)),
  key(["i"], "I", () => t`Skip idle time, or not`, ({ player }) => player.setSkipIdle(!player.state().skipIdle)),
  key(["Home"], "Home", () => t`To the beginning`, ({ player }) => player.seek(0)),
  key(["End"], "End", () => t`To the end`, ({ player }) => player.seek(player.track.end)),
  key(["?"], "?", () => t`These keys`, ({ help }) => help()),
];

function jumps(letter: string, kind: MomentKind, does: () => string): Key[] {
  const upper = letter.toUpperCase();
  return [
    key([letter], upper, does, ({ jump }) => jump(1, kind)),
    key([upper], "", does, ({ jump }) => jump(-1, kind)),
  ];
}

function changeSpeed(player: Player, by: number): void {
  const at = SPEEDS.findIndex((one) => one === player.state().speed);
  player.setSpeed(SPEEDS[at + by] ?? player.state().speed);
}

/** What has keys of its own: they stay with it. */
const OWN: Partial<Record<string, string>> = {
  " ": "button, a, summary, [data-scrolls]",
  ArrowLeft: "[data-scrolls]",
  ArrowRight: "[data-scrolls]",
  Home: "[data-scrolls]",
  End: "[data-scrolls]",
};
const TYPED = "input:not([type=range]):not([type=checkbox]), textarea, select, dialog, [role=menu]";

/** For the part of the page that the replay is: its letters mean nothing elsewhere. */
export function onKey(event: KeyboardEvent, hands: Hands): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as HTMLElement;
  const own = OWN[event.key];
  if (target.closest(TYPED) || (own && target.closest(own))) return;
  const found = KEYS.find(({ keys }) => keys.includes(event.key));
  if (!found) return;
  event.preventDefault();
  found.act(hands);
}

/** The next of a kind from where the player is, or the one before. */
export const ofKind = (moments: readonly Moment[], kind: MomentKind | null): readonly Moment[] =>
  kind === null ? moments : moments.filter((one) => one.kind === kind);
