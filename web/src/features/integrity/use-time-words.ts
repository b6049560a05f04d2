import { useLingui } from "@lingui/react/macro";

/** "12 s", "3 min 5 s", "1 h 2 min": to the second while that matters. */
export function useTimeWords(): (ms: number) => string {
  const { t } = useLingui();
  return (ms) => {
    const seconds = Math.max(0, Math.round(ms / 1000));
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    if (hours > 0) return t`${hours} h ${minutes % 60} min`;
    return minutes > 0 ? t`${minutes} min ${seconds % 60} s` : t`${seconds} s`;
  };
}
