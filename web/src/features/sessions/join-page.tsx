import { Trans, useLingui } from "@lingui/react/macro";
import { useRef, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";

import type { User } from "@/features/accounts/api";
import { useMe } from "@/features/accounts/use-me";
import { Lobby } from "@/features/call/lobby";
import { dropChoice } from "@/features/call/media-choice";
import { Disclosure } from "@/features/integrity/disclosure";
import { DifficultyBadge } from "@/features/problems/difficulty-badge";
import { fieldError } from "@/lib/api/client";
import { isString, recall, remember } from "@/lib/storage";
import { BrandMark } from "@/ui/brand";
import { PageTitle } from "@/ui/page";
import { Loading } from "@/ui/spinner";
import { ThemeMenu } from "@/ui/theme-menu";

import { type InvitePreview, useAcceptInvite, useInvite } from "./join/api";
import { isFinal, NoWayIn } from "./join/no-way-in";
import { GuestName, SignedInAs } from "./join/who";

const NAME = "guest.name";

/** `/join/:token`: what an invite leads to, who comes in, and the device check; then the room. */
export default function JoinPage() {
  const { t } = useLingui();
  const { token = "" } = useParams();
  const { me, error, retry } = useMe();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-base-300 bg-base-100">
        <div className="mx-auto flex h-(--bar) max-w-6xl items-center justify-between px-3 sm:px-6">
          <Link to="/" className="flex items-center gap-2.5 rounded-field py-1 font-semibold tracking-tight" aria-label={t`Interview Platform, start page`}>
            <BrandMark />
            Interview Platform
          </Link>
          <ThemeMenu />
        </div>
      </header>
      <main id="main" className="flex grow flex-col">
        {me !== undefined ? <Invited token={token} me={me} /> : error ? <NoWayIn error={error} onRetry={retry} /> : <Loading />}
      </main>
    </div>
  );
}

function Invited({ token, me }: { token: string; me: User | null }) {
  const invite = useInvite(token, me?.id ?? null);
  const [refused, setRefused] = useState<unknown>(null);
  const error = refused ?? (invite.data ? null : invite.error);
  if (error) {
    const retry = () => {
      setRefused(null);
      void invite.refetch();
    };
    return <NoWayIn error={error} onRetry={retry} />;
  }
  return invite.data ? <Door token={token} me={me} invite={invite.data} onRefused={setRefused} /> : <Loading />;
}

interface DoorProps {
  token: string;
  me: User | null;
  invite: InvitePreview;
  onRefused: (error: unknown) => void;
}

function Door({ token, me, invite, onRefused }: DoorProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const accept = useAcceptInvite(token);
  const [name, setName] = useState(() => recall(NAME, isString) ?? "");
  const [missing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const hasName = (): boolean => {
    if (me || name.trim()) return true;
    setMissing(true);
    input.current?.focus();
    return false;
  };
  const enter = async (): Promise<void> => {
    if (invite.sessionId) return void navigate(`/session/${invite.sessionId}`, { replace: true });
    if (!me) remember(NAME, name.trim());
    try {
      const { session } = await accept.mutateAsync(me ? null : name.trim());
      await navigate(`/session/${session.id}`, { replace: true });
    } catch (error) {
      if (!isFinal(error)) return; // shown in the lobby, to be corrected there
      dropChoice();
      onRefused(error);
    }
  };

  return (
    <>
      <PageTitle>{t`Interview with ${invite.hostName}`}</PageTitle>
      <Lobby
        title={t`Interview with ${invite.hostName}`}
        role={invite.role}
        check={`/check?invite=${encodeURIComponent(token)}`}
        mayEnter={hasName}
        onEnter={() => void enter()}
        busy={accept.isPending}
        error={accept.error}
      >
        {invite.problem && (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1" data-testid="join-problem">
            <span className="font-medium">{invite.problem}</span>
            <DifficultyBadge difficulty={invite.difficulty} />
          </p>
        )}
        {invite.lobby && !invite.sessionId && (
          <p className="quiet text-sm" data-testid="join-lobby">
            <Trans>You come to a waiting room first; {invite.hostName} lets you in.</Trans>
          </p>
        )}
        {invite.role === "candidate" && <Disclosure aiPolicy={invite.aiPolicy} aiNote={invite.aiNote} />}
        {me ? (
          <SignedInAs me={me} sessionId={invite.sessionId} />
        ) : (
          <GuestName
            input={input}
            name={name}
            onName={(text) => {
              setName(text);
              setMissing(false);
            }}
            error={missing ? t`Type your name first.` : fieldError(accept.error, "name")}
          />
        )}
      </Lobby>
    </>
  );
}
