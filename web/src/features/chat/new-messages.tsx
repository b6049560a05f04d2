import { useLingui } from "@lingui/react/macro";
import { useState } from "react";

import type { ChatMessage } from "./api";

/** Of a burst of messages the last few are read out. */
const AT_ONCE = 3;

/** Reads out what others write while one is here, and nothing of the pages fetched from before. */
export function NewMessages({ messages, me }: { messages: readonly ChatMessage[]; me: string }) {
  // Not <Trans>: it would take what people wrote in angle brackets for its own and leave it out.
  const { t } = useLingui();
  const [since] = useState(() => messages.at(-1)?.seq ?? 0);
  const news = messages.filter(({ seq, personId, deletedAt }) => seq > since && personId !== me && !deletedAt).slice(-AT_ONCE);
  return (
    <div role="log" aria-live="polite" className="sr-only">
      {news.map(({ id, name, text, attachments }) => {
        const files = attachments.map((one) => one.name).join(", ");
        const said = [text && t`${name} says: ${text}`, files && t`${name} sends ${files}`];
        return <p key={id}>{said.filter(Boolean).join(". ")}</p>;
      })}
    </div>
  );
}
