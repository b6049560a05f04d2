import { useLingui } from "@lingui/react/macro";

import type { Session } from "./api";

/** What it is called for who looks at it: while it is prepared, those who are interviewed do not know the problem. */
export const useSessionTitle = (): ((session: Session) => string) => {
  const { t } = useLingui();
  return ({ problem, host }) => problem || t`Interview with ${host.name}`;
};

/** Seats taken, the host's included. Observers watch without one. */
export const seatsTaken = (session: Session): number =>
  1 + session.participants.filter(({ id, role }) => role !== "observer" && !session.toAdmit.includes(id)).length;

export const isFull = (session: Session): boolean => seatsTaken(session) >= session.capacity;

export const isIn = (session: Session, personId: string): boolean =>
  session.host.id === personId || session.participants.some((person) => person.id === personId);

/** Everybody but `personId`, host first. */
export const othersIn = (session: Session, personId: string) =>
  [session.host, ...session.participants].filter((person) => person.id !== personId);
