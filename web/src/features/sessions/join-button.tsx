import { Trans } from "@lingui/react/macro";
import { useNavigate } from "react-router";

import { messageOf, Refusal } from "@/lib/api/client";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { toast } from "@/ui/toast";

import { type Session, useJoinSession } from "./api";
import { isFull } from "./model";

/** Takes a seat and goes in. The list can be older than the last seat: the server decides. */
export function JoinButton({ session }: { session: Session }) {
  const join = useJoinSession();
  const navigate = useNavigate();
  if (isFull(session) || (join.error instanceof Refusal && join.error.code === "session_full")) {
    return (
      <Badge>
        <Trans>Full</Trans>
      </Badge>
    );
  }
  return (
    <Button
      size="s"
      busy={join.isPending}
      onClick={() =>
        join.mutate(session.id, {
          onSuccess: () => void navigate(`/session/${session.id}`),
          onError: (error) => toast.error(messageOf(error)),
        })
      }
    >
      <Trans>Join</Trans>
    </Button>
  );
}
