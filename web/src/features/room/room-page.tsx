/** The room behind the lobby: connections first, then everything that is drawn over them. */
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import "./room.css";

import { CallPlug } from "@/features/call/call-plug";
import { CallProvider } from "@/features/call/call-provider";
import { useDelivery } from "@/features/chat/use-delivery";
import { SESSIONS } from "@/features/sessions/api";
import { PageTitle } from "@/ui/page";
import { Loading } from "@/ui/spinner";

import { DocumentProvider } from "./doc/document-context";
import { RoomProvider, useRoom } from "./events/room-context";
import { RefusalScreen } from "./refusal-screen";
import { RoomEnd } from "./room-end";
import { RoomLayout } from "./room-layout";
import { useRoomNotices } from "./use-room-notices";

interface Props {
  sessionId: string;
  /** The session is over and has been said goodbye to. */
  onOut: () => void;
}

export function RoomPage({ sessionId, onOut }: Props) {
  const { t } = useLingui();
  const client = useQueryClient();
  const out = () => {
    void client.invalidateQueries({ queryKey: SESSIONS }).then(onOut);
  };
  return (
    <RoomProvider
      sessionId={sessionId}
      waiting={(status, refusal) =>
        status === "refused" ? (
          <RefusalScreen refusal={refusal} />
        ) : status === "ended" ? (
          <Over onOut={out} />
        ) : status === "waiting" ? (
          <Loading label={t`Waiting to be let in`} />
        ) : (
          <Loading label={t`Entering the room`} />
        )
      }
    >
      <Inside onOut={out} />
    </RoomProvider>
  );
}

/** It had ended before we came in. */
function Over({ onOut }: { onOut: () => void }) {
  const lead = useEffectEvent(onOut);
  useEffect(() => {
    lead();
  }, []);
  return <Loading />;
}

function Inside({ onOut }: { onOut: () => void }) {
  const { status, refusal, session } = useRoom();
  if (status === "refused") return <RefusalScreen refusal={refusal} />;
  return (
    <DocumentProvider>
      <CallPlug>
        <CallProvider>
          <PageTitle>{session.problem}</PageTitle>
          <Background />
          <RoomLayout onEnd={onOut} />
          <RoomEnd onOut={onOut} />
        </CallProvider>
      </CallPlug>
    </DocumentProvider>
  );
}

/** What goes on in the room whatever part of it is shown. */
function Background() {
  useRoomNotices();
  useDelivery();
  return null;
}
