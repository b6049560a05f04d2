import { useLingui } from "@lingui/react/macro";

import { classes } from "@/lib/classes";

import type { Reaction } from "./api";

interface Props {
  reactions: readonly Reaction[];
  me: string | null;
  /** Name of somebody by id. */
  nameOf: (id: string) => string;
  /** Missing: they are only shown. */
  onToggle?: ((emoji: string, given: boolean) => void) | undefined;
}

/** Under a message: what it was answered with, how often, and whether by me. */
export function Reactions({ reactions, me, nameOf, onToggle }: Props) {
  const { t } = useLingui();
  if (reactions.length === 0) return null;
  return (
    <ul aria-label={t`Reactions`} className="flex flex-wrap gap-1" data-testid="chat-reactions">
      {reactions.map(({ emoji, people }) => {
        const mine = me !== null && people.includes(me);
        const names = people.map(nameOf).join(", ");
        const look = classes(
          "flex items-center gap-1 rounded-full border px-2 py-0.5 text-xs leading-none",
          mine ? "border-primary/50 bg-primary/12" : "border-base-300 bg-base-100",
        );
        const inside = (
          <>
            <span aria-hidden className="text-sm">
              {emoji}
            </span>
            {people.length}
          </>
        );
        return (
          <li key={emoji}>
            {onToggle ? (
              <button type="button" aria-pressed={mine} aria-label={t`${emoji} by ${names}`} title={names} className={classes(look, "cursor-pointer hover:border-primary/50")} onClick={() => onToggle(emoji, !mine)}>
                {inside}
              </button>
            ) : (
              <span role="img" aria-label={t`${emoji} by ${names}`} title={names} className={look}>
                {inside}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
