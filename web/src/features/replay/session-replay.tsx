import { Trans, useLingui } from "@lingui/react/macro";
import { Film } from "lucide-react";

import { useLanguages } from "@/features/execution/api";
import type { Session } from "@/features/sessions/api";
import { Loading } from "@/ui/spinner";
import { EmptyState, ErrorState } from "@/ui/states";

import { useTrack } from "./api";
import { ReplayView } from "./replay-view";

/** Fetches what happened in a session that is over, and plays it. */
export default function SessionReplay({ session }: { session: Session }) {
  const { t } = useLingui();
  const track = useTrack(session);
  const languages = useLanguages().data?.languages ?? [];
  if (track.error) return <ErrorState error={track.error} onRetry={() => void track.refetch()} />;
  if (!track.data) return <Loading label={t`Loading the replay`} />;
  if (track.data.end === 0) {
    return (
      <EmptyState icon={Film} title={<Trans>There is nothing to play</Trans>}>
        <Trans>Nobody did anything in this session.</Trans>
      </EmptyState>
    );
  }
  return <ReplayView track={track.data} languages={languages} />;
}
