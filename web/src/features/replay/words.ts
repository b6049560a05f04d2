/** What happened, in words. */
import { plural, t } from "@lingui/core/macro";

import { lookOf } from "@/features/execution/verdict";

import type { Moment, MomentKind, Track } from "./track";

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const number = (value: unknown): number => (typeof value === "number" ? value : 0);

export function nameOfKind(kind: MomentKind): string {
  return { run: t`Runs`, message: t`Messages`, paste: t`Pastes`, note: t`Notes`, people: t`People`, other: t`Other` }[kind];
}

/** One sentence: who did what. */
export function sayMoment({ what, personId, data }: Moment, track: Track): string {
  const name = track.nameOf(personId) ?? t`Somebody`;
  switch (what) {
    case "chat":
      return data.text === null ? t`${name} wrote a message and took it back` : t`${name}: ${text(data.text)}`;
    case "note":
      return t`Note by ${name}: ${text(data.text)}`;
    case "run.started": {
      const verdict = track.runs.find(({ run }) => run.id === data.runId)?.run.verdict;
      const language = text(data.language);
      return verdict ? t`${name} ran the code (${language}): ${lookOf(verdict).label}` : t`${name} ran the code (${language})`;
    }
    case "paste": {
      const size = plural(number(data.chars), { one: "# character", other: "# characters" });
      return data.from === "outside" ? t`${name} pasted ${size} from outside` : t`${name} pasted ${size}`;
    }
    case "focus":
      return data.away === false ? t`${name} came back to the page` : t`${name} left the page`;
    case "copy":
      return t`${name} copied from the problem statement`;
    case "joined":
      return t`${name} joined`;
    case "left":
      return t`${name} left`;
    case "role":
      return t`${name} has another role: ${text(data.role)}`;
    case "host":
      return t`${name} is the host now`;
    case "admitted":
      return t`${name} was let in`;
    case "sent_back":
      return t`${name} was sent back to the lobby`;
    case "started":
      return t`The interview was started`;
    case "settings":
      if (data.locked === true) return t`${name} locked the document`;
      if (data.locked === false) return t`${name} unlocked the document`;
      return t`${name} changed the settings of the session`;
    case "pad":
      return t`A problem was added: ${text(data.title)}`;
    case "ended":
      return t`The session was ended`;
    case "recording.started":
      return t`The recording of the call began`;
    case "recording.ended":
      return t`The recording of the call ended`;
    default:
      return what;
  }
}
