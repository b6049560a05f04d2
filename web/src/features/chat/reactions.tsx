import { useLingui } from "@lingui/react";
import { useLingui as useMacro } from "@lingui/react/macro";

import { classes } from "@/lib/classes";

import { Icon } from "@/ui/icon";

import type { Reaction } from "./api";
import { answerOf } from "./emoji";

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
  const { _ } = useLingui();
  const { t } = useMacro();
  if (reactions.length === 0) return null;
  return (
    <ul aria-label={t`Reactions`} className="flex flex-wrap gap-1" data-testid="chat-reactions">
      {reactions.map(({ emoji, people }) => {
        const mine = me !== null && people.includes(me);
        const answer = answerOf(emoji);
        const name = answer ? _(answer.name) : emoji;
        const names = people.map(nameOf).join(", ");
        const look = classes(
          "flex items-center gap-1 rounded-full border px-2 py-0.5 text-xs leading-none",
          mine ? "border-primary/50 bg-primary/12" : "border-base-300 bg-base-100",
        );
        const inside = (
          <>
            {answer ? <Icon of={answer.icon} size={13} /> : emoji}
            {people.length}
          </>
        );
        return (
          <li key={emoji}>
            {onToggle ? (
              <button type="button" aria-pressed={mine} aria-label={t`${name} by ${names}`} title={names} className={classes(look, "cursor-pointer hover:border-primary/50")} onClick={() => onToggle(emoji, !mine)}>
                {inside}
              </button>
            ) : (
              <span role="img" aria-label={t`${name} by ${names}`} title={names} className={look}>
                {inside}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
