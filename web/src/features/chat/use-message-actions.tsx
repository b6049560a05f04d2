import { Trans } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { useRoom } from "@/features/room/events/room-context";
import { messageOf } from "@/lib/api/client";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { toast } from "@/ui/toast";

import { type ChatMessage, deleteMessage, editMessage, setReaction } from "./api";
import { EditMessage } from "./edit-message";
import { MessageActions } from "./message-actions";
import type { ShownMessage } from "./message-list";
import type { Chat } from "./use-chat";

interface Doing {
  /** For the list of messages. */
  of: {
    tools?: (shown: ShownMessage) => ReactNode;
    instead?: (shown: ShownMessage) => ReactNode;
    onReact?: (shown: ShownMessage, emoji: string, given: boolean) => void;
  };
  dialog: ReactNode;
}

/** Edit, delete and answer the messages of `chat`; nothing where one may not write. */
export function useMessageActions(chat: Chat, mayWrite: boolean): Doing {
  const { me, session } = useRoom();
  const [editing, setEditing] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<string | null>(null);
  const onError = (error: unknown) => toast.error(messageOf(error));
  const react = useMutation({
    mutationFn: ({ id, emoji, given }: { id: string; emoji: string; given: boolean }) => setReaction(session.id, id, emoji, given),
    onSuccess: chat.changed,
    onError,
  });
  const remove = useMutation({
    mutationFn: (id: string) => deleteMessage(session.id, id),
    onSuccess: (message) => {
      chat.changed(message);
      setDeleting(null);
    },
  });
  if (!mayWrite) return { of: {}, dialog: null };

  const sent = ({ id }: ShownMessage): ChatMessage | undefined => chat.messages.find((one) => one.id === id && !one.deletedAt);
  const give = ({ id }: ShownMessage, emoji: string, given: boolean) => react.mutate({ id, emoji, given });
  const tools = (shown: ShownMessage) => {
    const message = sent(shown);
    if (!message) return null;
    const own = message.personId === me.id;
    const given = new Set(message.reactions.filter(({ people }) => people.includes(me.id)).map(({ emoji }) => emoji));
    return (
      <MessageActions
        name={message.name}
        given={given}
        onReact={(emoji, giving) => give(shown, emoji, giving)}
        onEdit={own ? () => setEditing(message.id) : undefined}
        onDelete={own ? () => setDeleting(message.id) : undefined}
      />
    );
  };
  const instead = (shown: ShownMessage) => {
    const message = shown.id === editing ? sent(shown) : undefined;
    if (!message) return null;
    const save = async (text: string) => chat.changed(await editMessage(session.id, message.id, text));
    return <EditMessage message={message} onSave={save} onClose={() => setEditing(null)} />;
  };
  const dialog = (
    <ConfirmDialog
      open={deleting !== null}
      onClose={() => setDeleting(null)}
      onConfirm={() => deleting && remove.mutate(deleting)}
      busy={remove.isPending}
      error={remove.error ? messageOf(remove.error) : undefined}
      title={<Trans>Delete the message?</Trans>}
      confirm={<Trans>Delete</Trans>}
      danger
    >
      <Trans>Its text and files are gone for everybody and cannot be brought back. That there was a message stays visible.</Trans>
    </ConfirmDialog>
  );
  return { of: { tools, instead, onReact: give }, dialog };
}
