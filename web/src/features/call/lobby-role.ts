import { useLingui } from "@lingui/react/macro";

export type LobbyRole = "host" | "interviewer" | "candidate" | "observer";

export function useRoleSentence(): (role: LobbyRole) => string {
  const { t } = useLingui();
  return (role) =>
    ({
      host: t`You are the host.`,
      interviewer: t`You join as an interviewer.`,
      candidate: t`You join as the candidate.`,
      observer: t`You join as an observer: you see the work, the chat and the results.`,
    })[role];
}
