import type { Session } from "./api";

/** Seats taken, the host's included. Observers watch without one. */
export const seatsTaken = (session: Session): number =>
  1 + session.participants.filter((person) => person.role !== "observer").length;

export const isFull = (session: Session): boolean => seatsTaken(session) >= session.capacity;

export const isIn = (session: Session, personId: string): boolean =>
  session.host.id === personId || session.participants.some((person) => person.id === personId);

/** Everybody but `personId`, host first. */
export const othersIn = (session: Session, personId: string) =>
  [session.host, ...session.participants].filter((person) => person.id !== personId);
