import { Plural, Trans } from "@lingui/react/macro";
import { Lock } from "lucide-react";
import type { ReactNode } from "react";

import { DifficultyBadge } from "@/features/problems/difficulty-badge";
import { ago, dateTime, duration } from "@/lib/format";
import { Avatar } from "@/ui/avatar";
import { Badge } from "@/ui/badge";

import type { Session } from "./api";
import { othersIn, seatsTaken, useSessionTitle } from "./model";

interface Props {
  session: Session;
  /** Who looks at it. */
  me: string;
  action: ReactNode;
}

export function SessionRow({ session, me, action }: Props) {
  const others = othersIn(session, me);
  const title = useSessionTitle();
  return (
    <div className="flex items-center gap-4 px-4 py-3.5 sm:px-5">
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="font-medium">{title(session)}</span>
          <DifficultyBadge difficulty={session.difficulty} />
          {session.visibility === "private" && (
            <Badge icon={Lock}>
              <Trans>Private</Trans>
            </Badge>
          )}
        </div>
        <div className="quiet mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
          <People people={others} ended={session.status === "completed"} />
          {session.status === "active" ? <Seats session={session} /> : <Ended session={session} />}
        </div>
      </div>
      {action}
    </div>
  );
}

function People({ people, ended }: { people: ReturnType<typeof othersIn>; ended: boolean }) {
  if (people.length === 0) return ended ? <Trans>Nobody else came</Trans> : <Trans>Nobody else yet</Trans>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="flex -space-x-1.5">
        {people.map((person) => (
          <Avatar key={person.id} name={person.name} image={person.profileImage} size={20} className="ring-2 ring-base-100" />
        ))}
      </span>
      <span>{people.map((person) => person.name).join(", ")}</span>
    </span>
  );
}

function Seats({ session }: { session: Session }) {
  const since = ago(session.createdAt);
  return (
    <>
      <span>
        {seatsTaken(session)}/<Plural value={session.capacity} one="# seat taken" other="# seats taken" />
      </span>
      <time dateTime={session.createdAt} title={dateTime(session.createdAt)}>
        {since}
      </time>
    </>
  );
}

function Ended({ session }: { session: Session }) {
  const end = session.endedAt ?? session.updatedAt;
  return (
    <>
      <time dateTime={end} title={dateTime(end)}>
        {ago(end)}
      </time>
      <span>{duration(Date.parse(end) - Date.parse(session.createdAt))}</span>
    </>
  );
}
