import { Plural } from "@lingui/react/macro";

/** Beside the chat's tab. */
export function UnreadBadge({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="grid h-4.5 min-w-4.5 place-items-center rounded-full bg-primary px-1 text-xs leading-none font-semibold text-primary-content tabular-nums">
      {count}
      <span className="sr-only">
        <Plural value={count} one="unread message" other="unread messages" />
      </span>
    </span>
  );
}
