import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { classes } from "@/lib/classes";
import { timeOfDay } from "@/lib/format";
import { Avatar } from "@/ui/avatar";

import type { Attachment, Reaction } from "./api";
import { Attachments } from "./attachments";
import { byDay, daysAgo, type Group } from "./grouping";
import { MessageText } from "./message-text";
import { Reactions } from "./reactions";

export interface ShownMessage {
  id: string;
  personId: string;
  name: string;
  text: string;
  createdAt: string;
  attachments: readonly Attachment[];
  reactions: readonly Reaction[];
  editedAt: string | null;
  deletedAt: string | null;
}

export interface Speaker {
  id: string;
  name: string;
  profileImage: string | null;
  /** Index into the palette. */
  color?: number;
}

interface Props<M extends ShownMessage> {
  /** Oldest first. */
  messages: readonly M[];
  /** Whose messages stand on the right; null: nobody's. */
  me: string | null;
  people?: readonly Speaker[];
  /** Where the attachments are. */
  sessionId: string;
  /** Under a message, e.g. that it was not sent. */
  note?: (message: M) => ReactNode;
  /** Beside a message: what can be done with it. */
  tools?: (message: M) => ReactNode;
  /** In the place of a message, e.g. while it is edited. */
  instead?: (message: M) => ReactNode;
  /** Missing: reactions are only shown. */
  onReact?: (message: M, emoji: string, given: boolean) => void;
}

/** Messages by day and speaker, oldest first. Only shows: no input, no scrolling of its own. */
export function MessageList<M extends ShownMessage>({ messages, people = [], ...rest }: Props<M>) {
  return (
    <div className="flex flex-col gap-4 text-sm leading-normal">
      {byDay(messages).map(({ start, groups }) => (
        <section key={start.getTime()} className="flex flex-col gap-3">
          <DayLine start={start} />
          {groups.map((group) => (
            <GroupOfMessages key={group.key} group={group} people={people} {...rest} />
          ))}
        </section>
      ))}
    </div>
  );
}

function DayLine({ start }: { start: Date }) {
  const { t, i18n } = useLingui();
  const ago = daysAgo(start);
  const date = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "full" }).format(start);
  return (
    <h2 className="quiet flex items-center gap-3 text-xs font-medium before:h-px before:grow before:bg-base-300 after:h-px after:grow after:bg-base-300">
      {ago === 0 ? t`Today` : ago === 1 ? t`Yesterday` : date}
    </h2>
  );
}

interface OfGroup<M extends ShownMessage> extends Omit<Props<M>, "messages" | "people"> {
  people: readonly Speaker[];
}

function GroupOfMessages<M extends ShownMessage>({ group, ...rest }: OfGroup<M> & { group: Group<M> }) {
  const { name, messages, at, personId } = group;
  const own = personId === rest.me;
  const speaker = rest.people.find(({ id }) => id === personId);
  const color = speaker?.color === undefined ? {} : { color: speaker.color };
  return (
    <div className={classes("flex gap-2", own && "flex-row-reverse")} data-testid="chat-group" data-own={own}>
      {!own && <Avatar name={name} image={speaker?.profileImage} {...color} size={26} className="mt-0.5" />}
      <div className={classes("flex max-w-[85%] min-w-0 flex-col gap-1", own ? "items-end" : "items-start")}>
        <p className="flex max-w-full items-baseline gap-2 text-xs">
          <span className={own ? "sr-only" : "truncate font-semibold"}>{own ? <Trans>You</Trans> : name}</span>
          <time className="quiet shrink-0" dateTime={at}>
            {timeOfDay(at)}
          </time>
        </p>
        {messages.map((message) => (
          <OneMessage key={message.id} message={message} own={own} {...rest} />
        ))}
      </div>
    </div>
  );
}

function OneMessage<M extends ShownMessage>({ message, own, ...rest }: OfGroup<M> & { message: M; own: boolean }) {
  const { t } = useLingui();
  const { people, me, note, tools, instead, onReact } = rest;
  const nameOf = (id: string) => (id === me ? t`you` : (people.find((one) => one.id === id)?.name ?? t`somebody`));
  const toggle = onReact && ((emoji: string, given: boolean) => onReact(message, emoji, given));
  return (
    <div className={classes("flex max-w-full min-w-0 flex-col gap-1", own && "items-end")}>
      {instead?.(message) ?? (
        <div className={classes("group flex max-w-full min-w-0 items-center gap-0.5", own && "flex-row-reverse")}>
          <div
            data-testid="chat-message"
            className={classes("flex max-w-full min-w-0 flex-col gap-1 rounded-box px-2.5 py-1.5", own ? "bg-primary/12" : "bg-base-200")}
          >
            <Content message={message} sessionId={rest.sessionId} />
          </div>
          {tools?.(message)}
        </div>
      )}
      <Reactions reactions={message.reactions} me={me} nameOf={nameOf} onToggle={toggle} />
      {note?.(message)}
    </div>
  );
}

function Content({ message, sessionId }: { message: ShownMessage; sessionId: string }) {
  if (message.deletedAt) {
    return (
      <p className="quiet italic">
        <Trans>Message deleted</Trans>
      </p>
    );
  }
  return (
    <>
      {message.text && <MessageText text={message.text} />}
      <Attachments sessionId={sessionId} attachments={message.attachments} />
      {message.editedAt && (
        <p className="quiet text-xs">
          <Trans>edited</Trans>
        </p>
      )}
    </>
  );
}
