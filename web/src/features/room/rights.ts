/** What somebody may do in the room, as `sessions/policy.py` has it. The server decides; this only says what to offer. */
import type { Me, Session } from "./events/types";

type Role = Pick<Me, "role">;

export const isStaff = ({ role }: Role): boolean => role === "host" || role === "interviewer";

export const mayEdit = ({ role }: Role, { locked }: Pick<Session, "locked">): boolean =>
  role !== "observer" && !(locked && role === "candidate");

/** A lock keeps what is there from changing, not from being run. */
export const mayRun = ({ role }: Role): boolean => role !== "observer";
