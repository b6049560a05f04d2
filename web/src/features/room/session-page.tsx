import { Trans, useLingui } from "@lingui/react/macro";
import { ArrowLeft } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { Link, Navigate, useLocation, useParams } from "react-router";

import { signInPath } from "@/features/accounts/next";
import { useMe } from "@/features/accounts/use-me";
import { Lobby } from "@/features/call/lobby";
import { hasChoice } from "@/features/call/media-choice";
import { preloadEditor } from "@/features/execution/editor";
import { Disclosure } from "@/features/integrity/disclosure";
import { type Session, useJoinSession } from "@/features/sessions/api";
import { isIn, useSessionTitle } from "@/features/sessions/model";
import { Refusal } from "@/lib/api/client";
import type { KeptRoom } from "@/lib/kept-rooms";
import { Icon } from "@/ui/icon";
import { PageTitle } from "@/ui/page";
import { Loading } from "@/ui/spinner";
import { ErrorState } from "@/ui/states";
import { ThemeMenu } from "@/ui/theme-menu";

import { useSession } from "./api";
import { NoSuchSession, RefusalScreen } from "./refusal-screen";
import { unanswered, useForgetKept, useKeptRoom } from "./use-kept-room";

const loadRoom = () => import("./room-page");
const RoomPage = lazy(async () => ({ default: (await loadRoom()).RoomPage }));
const RecordPage = lazy(async () => ({ default: (await import("./record-page")).RecordPage }));

/** `/session/:id`: the lobby and the room while the session goes on, its record afterwards. */
export default function SessionPage() {
  const { id = "" } = useParams();
  return <SessionOf key={id} id={id} />;
}

/** Reloading the page leads straight back into the room. */
const enteredKey = (id: string) => `entered:${id}`;

function SessionOf({ id }: { id: string }) {
  const { me, error, retry } = useMe();
  const session = useSession(id);
  const here = useLocation();
  const [inside, setInside] = useState<boolean | null>(null);
  const [offline, setOffline] = useState<KeptRoom | null>(null);
  const kept = useKeptRoom(id, !inside && (unanswered(session) || (error !== null && me === undefined)));
  const status = session.data?.status;
  useEffect(() => {
    // While somebody looks at their camera, what comes next is fetched.
    if (status === "active") void loadRoom();
    // A record is read in the full one.
    if (status) void preloadEditor(status === "active" ? undefined : "full");
  }, [status]);
  useEffect(() => {
    if (inside) sessionStorage.setItem(enteredKey(id), "1");
  }, [inside, id]);
  useForgetKept(session.data, me?.id);
  // Once inside, only the room itself leads out: what is asked again in the background meanwhile may fail, and the room's
  // own sockets know better why.
  if (inside) return <Inside id={id} kept={offline} onOut={() => setInside(false)} />;
  if (kept) {
    setOffline(kept);
    setInside(true);
  }

  if (session.error instanceof Refusal && session.error.status === 404) return <NoSuchSession />;
  if (session.error instanceof Refusal && session.error.status === 401) return <Navigate to={signInPath(here.pathname)} replace />;
  if (session.error && !session.data) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  if (error && me === undefined) return <ErrorState error={error} onRetry={retry} />;
  if (!session.data || me === undefined) return <Loading />;
  if (me === null) return <Navigate to={signInPath(here.pathname)} replace />;
  // Coming from an invite, one has been through its lobby.
  if (inside === null) setInside(isActive(session.data) && comesIn(session.data, me.id) && (hasChoice() || wasInside(id)));
  return <Outside session={session.data} me={me.id} onEnter={() => setInside(true)} />;
}

const isActive = ({ status }: Session) => status === "active";
/** Who waits to be let in is told of nobody who waits, not even of themselves; a private session only who is in it sees. */
const comesIn = (session: Session, me: string) => isIn(session, me) || (isActive(session) && session.visibility === "private");
const wasInside = (id: string) => sessionStorage.getItem(enteredKey(id)) !== null;

function Inside({ id, kept, onOut }: { id: string; kept: KeptRoom | null; onOut: () => void }) {
  return (
    <Suspense fallback={<Loading />}>
      <RoomPage sessionId={id} kept={kept} onOut={onOut} />
    </Suspense>
  );
}

interface OutsideProps {
  session: Session;
  me: string;
  onEnter: () => void;
}

function Outside({ session, me, onEnter }: OutsideProps) {
  const member = comesIn(session, me);
  if (isActive(session)) return <Door session={session} me={me} member={member} onEnter={onEnter} />;
  if (!member) return <RefusalScreen refusal={{ code: "forbidden" }} />;
  return (
    <Suspense fallback={<Loading />}>
      <RecordPage session={session} me={me} />
    </Suspense>
  );
}

interface DoorProps {
  session: Session;
  me: string;
  member: boolean;
  onEnter: () => void;
}

/** Camera and microphone first; who is not in yet takes a seat by entering. */
function Door({ session, me, member, onEnter }: DoorProps) {
  const { t } = useLingui();
  const join = useJoinSession();
  const title = useSessionTitle()(session);
  const role = session.host.id === me ? "host" : (session.participants.find(({ id }) => id === me)?.role ?? "candidate");
  return (
    <div className="flex min-h-dvh flex-col">
      <PageTitle>{t`Join ${title}`}</PageTitle>
      <header className="border-b border-base-300 bg-base-100">
        <div className="mx-auto flex h-(--bar) max-w-6xl items-center justify-between px-3 sm:px-6">
          <Link to="/dashboard" className="flex items-center gap-2 rounded-field py-1 text-sm font-medium">
            <Icon of={ArrowLeft} />
            <Trans>Dashboard</Trans>
          </Link>
          <ThemeMenu />
        </div>
      </header>
      <main className="flex grow flex-col justify-center">
      <Lobby
        title={session.problem ? <Trans>Interview: {session.problem}</Trans> : title}
        role={role}
        check={`/check?session=${session.id}`}
        busy={join.isPending}
        error={join.error ?? undefined}
        onEnter={() => (member ? onEnter() : join.mutate(session.id, { onSuccess: onEnter }))}
      >
        {role === "candidate" && <Disclosure aiPolicy={session.aiPolicy} aiNote={session.aiNote} />}
        {!member && (
          <p className="quiet text-sm">
            {t`Hosted by ${session.host.name}. Joining takes a seat in this session.`}
          </p>
        )}
      </Lobby>
      </main>
    </div>
  );
}
