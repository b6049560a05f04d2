import { Trans, useLingui } from "@lingui/react/macro";
import { CircleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";

import { useRoom } from "@/features/room/events/room-context";
import { Icon } from "@/ui/icon";

import { ChatLog } from "./chat-log";
import { Composer } from "./composer";
import { MessageList, type ShownMessage } from "./message-list";
import { NewMessages } from "./new-messages";
import type { Pending } from "./outbox";
import { Typing } from "./typing";
import { TypingLine } from "./typing-line";
import { type Chat, useChat } from "./use-chat";
import { useDraft } from "./use-draft";
import { useMessageActions } from "./use-message-actions";

export interface ChatProps {
  /** Nobody can write here (any more). Observers and ended sessions are known without it. */
  readOnly?: boolean;
}

const NEW = { reactions: [], editedAt: null, deletedAt: null };

interface Row extends ShownMessage {
  pending?: Pending;
}

/** The chat of the room. Fills its parent. */
export function OwnChat({ readOnly = false }: ChatProps) {
  const { me, people, session, status, send } = useRoom();
  const { t } = useLingui();
  const chat = useChat();
  const [draft, setDraft] = useDraft(`chat.draft.${session.id}.${me.id}`);
  const [typing] = useState(() => new Typing((is) => send({ type: "chat.typing", typing: is })));
  useEffect(() => () => typing.stop(), [typing]);
  const ended = status === "ended" || session.status !== "active";
  const mayWrite = !readOnly && !ended && me.role !== "observer";
  const doing = useMessageActions(chat, mayWrite);
  const rows: Row[] = [
    ...chat.messages,
    ...chat.pending.map((pending) => ({ ...NEW, id: pending.id, personId: me.id, name: me.name, text: pending.text, attachments: pending.attachments, createdAt: pending.at, pending })),
  ];
  const last = rows.at(-1);

  const edit = (pending: Pending) => {
    chat.discard(pending.id);
    setDraft(draft ? `${draft}\n${pending.text}` : pending.text);
  };

  return (
    <section aria-label={t`Chat`} data-testid="chat-panel" className="flex h-full min-h-0 flex-col">
      <ChatLog
        first={rows[0]?.id ?? null}
        last={last?.id ?? null}
        lastIsOwn={last?.personId === me.id}
        count={rows.length}
        older={chat.older}
      >
        <MessageList
          messages={rows}
          me={me.id}
          people={people}
          sessionId={session.id}
          {...doing.of}
          note={({ pending }) => pending && <PendingNote pending={pending} chat={chat} onEdit={() => edit(pending)} />}
        />
      </ChatLog>
      {doing.dialog}
      <NewMessages messages={chat.messages} me={me.id} />
      <TypingLine />
      {!mayWrite ? (
        <p className="quiet border-t border-base-300 px-3 py-2.5 text-center text-sm" data-testid="chat-read-only">
          {ended ? <Trans>The session has ended. The chat stays as it is.</Trans> : <Trans>Observers read along.</Trans>}
        </p>
      ) : (
        <Composer sessionId={session.id} draft={draft} onDraft={setDraft} onSend={chat.send} typing={typing} />
      )}
    </section>
  );
}

function PendingNote({ pending, chat, onEdit }: { pending: Pending; chat: Chat; onEdit: () => void }) {
  const { t } = useLingui();
  const { state, id, error = "" } = pending;
  if (state === "sending") {
    return (
      <p className="quiet text-xs" data-testid="chat-pending" data-state={state}>
        <Trans>Sending</Trans>
      </p>
    );
  }
  return (
    <div role="alert" data-testid="chat-pending" data-state={state} className="flex flex-wrap items-center justify-end gap-x-2 text-xs text-error">
      <span className="flex items-center gap-1 text-pretty">
        <Icon of={CircleAlert} size={13} />
        {state === "waiting" ? <Trans>Not sent yet. It goes out as soon as the server takes it.</Trans> : t`Not sent. ${error}`}
      </span>
      <NoteButton onPress={() => chat.retry(id)}>{state === "waiting" ? <Trans>Send now</Trans> : <Trans>Try again</Trans>}</NoteButton>
      {pending.attachments.length === 0 && (
        <NoteButton onPress={onEdit}>
          <Trans>Edit</Trans>
        </NoteButton>
      )}
      <NoteButton onPress={() => chat.discard(id)}>
        <Trans>Discard</Trans>
      </NoteButton>
    </div>
  );
}

function NoteButton({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onPress} className="cursor-pointer font-medium underline underline-offset-2">
      {children}
    </button>
  );
}
