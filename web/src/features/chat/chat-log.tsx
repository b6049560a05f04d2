import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ArrowDown, MessagesSquare } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

import { Button } from "@/ui/button";
import { Spinner } from "@/ui/spinner";
import { EmptyState } from "@/ui/states";

import type { Chat } from "./use-chat";

/** Pixels from the end within which one is "at the end", and from the top within which older pages are fetched. */
const NEAR = 60;

interface Props {
  /** Id of the first and the last message shown; null: there is none. */
  first: string | null;
  last: string | null;
  /** The newest one is ours: whatever we looked at, we want to see it. */
  lastIsOwn: boolean;
  count: number;
  older: Chat["older"];
  children: ReactNode;
}

/** The scrolling part: stays at the end while one is there, and does not jump when older messages come in above. */
export function ChatLog({ first, last, lastIsOwn, count, older, children }: Props) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const before = useRef({ first, last, height: 0, count });
  const [unseen, setUnseen] = useState(0);

  const toEnd = () => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const was = before.current;
    if (was.first !== first && was.last === last) element.scrollTop += element.scrollHeight - was.height;
    else if (was.last !== last) {
      if (atEnd.current || lastIsOwn) toEnd();
      else setUnseen((seen) => seen + Math.max(0, count - was.count));
    }
    before.current = { first, last, height: element.scrollHeight, count };
  }, [first, last, lastIsOwn, count]);

  useLayoutEffect(() => {
    // The panel becomes another size, is shown again, or a message grows: the end stays the end.
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() => {
      // Not from under a message that is being edited.
      if (atEnd.current && !content.current?.querySelector("form")) toEnd();
      if (box.current) before.current.height = box.current.scrollHeight;
    });
    for (const element of [box.current, content.current]) if (element) observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onScroll = () => {
    const element = box.current;
    if (!element || element.clientHeight === 0) return; // out of sight
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
    if (atEnd.current) setUnseen(0);
    if (element.scrollTop < NEAR && older.more && !older.loading && !older.failed) older.load();
  };

  return (
    <div className="relative min-h-0 grow">
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex */}
      <div
        ref={box}
        role="region"
        aria-label={t`Messages`}
        tabIndex={0}
        data-testid="chat-log"
        onScroll={onScroll}
        className="absolute inset-0 overflow-y-auto overscroll-contain px-3 py-3 [overflow-anchor:none]"
      >
        <div ref={content} className="flex min-h-full flex-col">
          {older.more && <OlderButton older={older} />}
          {count === 0 ? (
            <EmptyState icon={MessagesSquare} title={<Trans>No messages yet</Trans>} className="my-auto">
              <Trans>Everybody in the room reads along. Put code between back-ticks.</Trans>
            </EmptyState>
          ) : (
            <div className="mt-auto">{children}</div>
          )}
        </div>
      </div>
      {/* eslint-enable jsx-a11y/no-noninteractive-tabindex */}
      {unseen > 0 && (
        <div className="absolute inset-x-0 bottom-2 flex justify-center">
          <Button size="s" look="primary" icon={ArrowDown} onClick={toEnd}>
            <Plural value={unseen} one="# new message" other="# new messages" />
          </Button>
        </div>
      )}
    </div>
  );
}

function OlderButton({ older }: { older: Chat["older"] }) {
  return (
    <div className="flex justify-center pb-3">
      {older.loading ? (
        <Spinner size={16} className="my-2" />
      ) : (
        <Button size="s" look="quiet" onClick={older.load} data-testid="chat-older">
          {older.failed ? <Trans>Older messages did not come. Try again</Trans> : <Trans>Older messages</Trans>}
        </Button>
      )}
    </div>
  );
}
