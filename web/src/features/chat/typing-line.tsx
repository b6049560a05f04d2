import { useLingui } from "@lingui/react/macro";

import { useRoom } from "@/features/room/events/room-context";

/** Who types right now. Its place is always there, so that nothing moves. */
export function TypingLine() {
  const { t } = useLingui();
  const { me, people, typing } = useRoom();
  const [first, second, ...more] = typing.filter((id) => id !== me.id).map((id) => people.find((person) => person.id === id)?.name ?? "");
  return (
    <p aria-hidden={first === undefined} data-testid="chat-typing" className="quiet h-5 truncate px-3 text-xs">
      {first !== undefined &&
        (second === undefined
          ? t`${first} is typing`
          : more.length === 0
            ? t`${first} and ${second} are typing`
            : t`Several people are typing`)}
    </p>
  );
}
