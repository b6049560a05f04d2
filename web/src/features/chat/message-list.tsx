import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { classes } from "@/lib/classes";
import { timeOfDay } from "@/lib/format";
import { Avatar } from "@/ui/avatar";

import { byDay, daysAgo, type Group } from "./grouping";
import { MessageText } from "./message-text";

export interface ShownMessage {
  id: string;
  personId: string;
  name: string;
  text: string;
  createdAt: string;
}

export interface Speaker {
  id: string;
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
  /** Under a message, e.g. that it was not sent. */
  note?: (message: M) => ReactNode;
}

/** Messages by day and speaker, oldest first. Only shows: no input, no scrolling of its own. */
export function MessageList<M extends ShownMessage>({ messages, me, people = [], note }: Props<M>) {
  return (
    <div className="flex flex-col gap-4 text-sm leading-normal">
      {byDay(messages).map(({ start, groups }) => (
        <section key={start.getTime()} className="flex flex-col gap-3">
          <DayLine start={start} />
          {groups.map((group) => (
            <GroupOfMessages key={group.key} group={group} own={group.personId === me} speaker={people.find(({ id }) => id === group.personId)} note={note} />
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
    <h3 className="quiet flex items-center gap-3 text-xs font-medium before:h-px before:grow before:bg-base-300 after:h-px after:grow after:bg-base-300">
      {ago === 0 ? t`Today` : ago === 1 ? t`Yesterday` : date}
    </h3>
  );
}

interface GroupProps<M extends ShownMessage> {
  group: Group<M>;
  own: boolean;
  speaker: Speaker | undefined;
  note: ((message: M) => ReactNode) | undefined;
}

function GroupOfMessages<M extends ShownMessage>({ group, own, speaker, note }: GroupProps<M>) {
  const { name, messages, at } = group;
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
          <div key={message.id} className={classes("flex max-w-full min-w-0 flex-col gap-0.5", own && "items-end")}>
            <div
              data-testid="chat-message"
              className={classes("flex max-w-full min-w-0 flex-col gap-1 rounded-box px-2.5 py-1.5", own ? "bg-primary/12" : "bg-base-200")}
            >
              <MessageText text={message.text} />
            </div>
            {note?.(message)}
          </div>
        ))}
      </div>
    </div>
  );
}
