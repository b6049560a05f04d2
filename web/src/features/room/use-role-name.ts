import { useLingui } from "@lingui/react/macro";

import type { Role } from "./events/room-context";

export function useRoleName(): (role: Role) => string {
  const { t } = useLingui();
  return (role) =>
    ({ host: t`Host`, interviewer: t`Interviewer`, candidate: t`Candidate`, observer: t`Observer` })[role];
}
