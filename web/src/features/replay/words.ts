/** What happened, in words. */
import { plural, t } from "@lingui/core/macro";

import type { ChatMessage } from "@/features/chat/api";
import { lookOf } from "@/features/execution/verdict";

import { sayActivity } from "./activity";
import { saySettings } from "./settings-words";
import type { Moment, MomentKind, Track } from "./track";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

export function nameOfKind(kind: MomentKind): string {
  return { run: t`Runs`, message: t`Messages`, paste: t`Pastes`, activity: t`Activity`, note: t`Notes`, people: t`People`, other: t`Other` }[kind];
}

/** One sentence: who did what. */
export function sayMoment(moment: Moment, track: Track): string {
  if (moment.what === "activity") return sayActivity(moment, track);
  if (moment.kind === "people") return sayPeople(moment, track);
  const { what, personId, data } = moment;
  const name = track.nameOf(personId) ?? t`Somebody`;
  switch (what) {
    case "chat":
      return sayMessage(name, data.message as ChatMessage | null | undefined);
    case "chat.edited":
      return t`${name} edited a message`;
    case "chat.deleted":
      return t`${name} deleted a message`;
    case "note":
      return t`Note by ${name}: ${text(data.text)}`;
    case "run.started":
      return sayRun(name, data, track);
    case "run.stopped":
      return t`${name} stopped the run`;
    case "started":
      return personId === null ? t`The interview was started` : t`${name} started the interview`;
    case "settings":
      return saySettings(moment, name);
    case "pad":
      return data.problem ? t`${name} added the problem “${text(data.title)}”` : t`${name} added the pad “${text(data.title)}”`;
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

function sayMessage(name: string, message: ChatMessage | null | undefined): string {
  if (!message || message.deletedAt) return t`${name} wrote a message that was deleted later`;
  const files = message.attachments.map((one) => one.name);
  const count = files.length;
  if (!message.text) return t`${name} sent ${files.join(", ")}`;
  return count ? `${t`${name}: ${message.text}`} (${plural(count, { one: "# file", other: "# files" })})` : t`${name}: ${message.text}`;
}

function sayRun(name: string, data: Moment["data"], track: Track): string {
  const verdict = track.runs.find(({ run }) => run.id === data.runId)?.run.verdict;
  const language = text(data.language);
  return verdict ? t`${name} ran the code (${language}): ${lookOf(verdict).label}` : t`${name} ran the code (${language})`;
}

function sayPeople({ what, personId, data }: Moment, track: Track): string {
  const name = track.nameOf(personId) ?? t`Somebody`;
  const by = track.nameOf(text(data.by)) ?? t`Somebody`;
  switch (what) {
    case "joined":
      return data.waiting === true ? t`${name} came and waited in the lobby` : sayJoined(name, data.role);
    case "left":
      return data.by ? t`${by} removed ${name} from the session` : t`${name} left`;
    case "role":
      return sayRole(name, by, data.role);
    case "host": {
      const before = track.nameOf(text(data.from)) ?? t`Somebody`;
      return t`${name} became the host in place of ${before}`; // handed over, or taken over from who was away
    }
    case "admitted":
      return data.by ? t`${by} let ${name} in` : t`${name} was let in`;
    case "sent_back":
      return data.by ? t`${by} sent ${name} back to the lobby` : t`${name} was sent back to the lobby`;
    default:
      return what;
  }
}

function sayJoined(name: string, role: unknown): string {
  if (role === "interviewer") return t`${name} joined as an interviewer`;
  if (role === "observer") return t`${name} joined as an observer`;
  return role === "candidate" ? t`${name} joined as a candidate` : t`${name} joined`;
}

function sayRole(name: string, by: string, role: unknown): string {
  if (role === "interviewer") return t`${by} made ${name} an interviewer`;
  if (role === "observer") return t`${by} made ${name} an observer`;
  return role === "candidate" ? t`${by} made ${name} a candidate` : t`${by} changed the role of ${name}`;
}
