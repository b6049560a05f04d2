import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";

import { MessageList } from "@/features/chat/message-list";
import type { Session } from "@/features/sessions/api";
import { answer, api } from "@/lib/api/client";
import { Button } from "@/ui/button";
import { Loading } from "@/ui/spinner";
import { EmptyState, ErrorState } from "@/ui/states";

/** What was said. */
export function RecordChat({ session, me }: { session: Session; me: string }) {
  const { t } = useLingui();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["messages", session.id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/sessions/{id}/messages", {
          params: { path: { id: session.id }, query: pageParam === null ? {} : { before: String(pageParam) } },
          signal,
        }),
      ),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.before,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const messages = data.pages.toReversed().flatMap((page) => page.messages);
  return (
    // Keyboards scroll what has the focus.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section aria-label={t`Chat`} tabIndex={0} className="h-full overflow-y-auto bg-base-100 p-3">
      {hasNextPage && (
        <div className="mb-3 text-center">
          <Button size="s" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            <Trans>Earlier messages</Trans>
          </Button>
        </div>
      )}
      {messages.length === 0 ? (
        <EmptyState icon={MessagesSquare} title={<Trans>Nothing was written</Trans>} />
      ) : (
        <MessageList sessionId={session.id} messages={messages} me={me} people={[session.host, ...session.participants]} />
      )}
    </section>
  );
}
