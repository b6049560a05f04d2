/** The room behind the lobby: connections first, then everything that is drawn over them. */
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import "./room.css";

import { CallPlug } from "@/features/call/call-plug";
import { CallProvider } from "@/features/call/call-provider";
import { useDelivery } from "@/features/chat/use-delivery";
import { useLeavingNoted } from "@/features/integrity/use-activity";
import { SESSIONS } from "@/features/sessions/api";
import { forgetRoom, type KeptRoom } from "@/lib/kept-rooms";
import { PageTitle } from "@/ui/page";
import { Loading } from "@/ui/spinner";

import { FINAL } from "./doc/doc-provider";
import { DocumentProvider } from "./doc/document-context";
import { RoomProvider, useRoom } from "./events/room-context";
import { openableOffline } from "./openable-offline";
import { useEditorKind } from "@/features/execution/editor-kind";
import { StaffProvider } from "./staff/staff-context";
import { RefusalScreen } from "./refusal-screen";
import { RoomEnd } from "./room-end";
import { RoomLayout } from "./room-layout";
import { useRoomNotices } from "./use-room-notices";
import { WaitingRoom } from "./waiting-room";

interface Props {
  sessionId: string;
  /** The session is over and has been said goodbye to. */
  onOut: () => void;
  /** What this browser kept, when the server cannot be reached. */
  kept: KeptRoom | null;
}

export function RoomPage({ sessionId, onOut, kept }: Props) {
  const { t } = useLingui();
  const client = useQueryClient();
  const editor = useEditorKind();
  useEffect(() => {
    void openableOffline(editor);
  }, [editor]);
  const out = () => {
    void client.invalidateQueries({ queryKey: SESSIONS }).then(onOut);
  };
  return (
    <RoomProvider
      sessionId={sessionId}
      kept={kept}
      waiting={({ status, refusal, waiting }) =>
        status === "refused" ? (
          <RefusalScreen refusal={refusal} />
        ) : status === "ended" ? (
          <Over onOut={out} />
        ) : waiting ? (
          <WaitingRoom waiting={waiting} />
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
  const { status, refusal, session, me } = useRoom();
  const over = refusal !== null && FINAL.includes(refusal.code);
  useEffect(() => {
    if (over) void forgetRoom(session.id, me.id);
  }, [over, session.id, me.id]);
  if (status === "refused") return <RefusalScreen refusal={refusal} />;
  return (
    <DocumentProvider>
      <StaffProvider>
        <CallPlug>
          <CallProvider>
            <PageTitle>{session.problem}</PageTitle>
            <Background />
            <RoomLayout onEnd={onOut} />
            <RoomEnd onOut={onOut} />
          </CallProvider>
        </CallPlug>
      </StaffProvider>
    </DocumentProvider>
  );
}

/** What goes on in the room whatever part of it is shown. */
function Background() {
  useRoomNotices();
  useDelivery();
  useLeavingNoted();
  return null;
}
