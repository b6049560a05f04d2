import { Trans, useLingui } from "@lingui/react/macro";
import { Eye, type LucideIcon, Phone, PhoneOff, RotateCw, Unplug } from "lucide-react";
import type { ReactNode } from "react";

import { useRoom } from "@/features/room/events/room-context";
import { classes } from "@/lib/classes";
import { Button } from "@/ui/button";
import { Loading } from "@/ui/spinner";
import { EmptyState } from "@/ui/states";

import { CallControls } from "./call-controls";
import { CallNotices } from "./call-notices";
import { PluggedPanel, useCallPlug } from "./call-plug";
import { useCallSnapshot, useCallStore } from "./call-provider";
import { CallStage } from "./call-stage";
import { useSize } from "./use-size";

/** Lower than this (a strip above something else) the controls stand beside the pictures. */
const LOW = 200;

/** The call: everybody's picture, one's own controls. Fills its parent; needs CallProvider somewhere above. */
export function CallPanel() {
  const { carrier } = useCallPlug();
  if (carrier === "unknown") return <Loading />;
  return carrier === "plugin" ? <PluggedPanel /> : <OwnPanel />;
}

function OwnPanel() {
  const { me, status } = useRoom();
  const { t } = useLingui();
  const { call } = useCallSnapshot();
  const [panel, { height }] = useSize<HTMLElement>();
  const low = height > 0 && height < LOW;
  const here = call.phase === "in" || call.phase === "joining";
  const apart = me.role === "observer" || status === "ended";
  return (
    <section
      ref={panel}
      aria-label={t`Video call`}
      data-testid="call-panel"
      data-phase={call.phase}
      className={classes("relative flex h-full min-h-0 gap-2 p-2", !low && "flex-col")}
    >
      {apart ? (
        <Apart low={low} />
      ) : here ? (
        <>
          <div className={low ? "absolute inset-x-2 top-2 z-10 bg-base-100" : "contents"}>
            <CallNotices />
          </div>
          <CallStage low={low} />
          <CallControls low={low} />
        </>
      ) : (
        <Outside low={low} />
      )}
    </section>
  );
}

/** Those for whom there is no call. */
function Apart({ low }: { low: boolean }) {
  const { status } = useRoom();
  return (
    <CallMessage low={low} icon={Eye} title={<Trans>No call for you here</Trans>}>
      {status === "ended" ? (
        <Trans>The session has ended.</Trans>
      ) : (
        <Trans>Observers watch the work; the call is between the others.</Trans>
      )}
    </CallMessage>
  );
}

/** Not in the call: why, and the way (back) in. */
function Outside({ low }: { low: boolean }) {
  const { t } = useLingui();
  const store = useCallStore();
  const { call } = useCallSnapshot();
  const names = [...new Set(call.peers?.map(({ name }) => name))].join(", ");
  const enter = (
    <Button
      size="s"
      look="primary"
      icon={call.phase === "out" ? Phone : RotateCw}
      data-testid="call-rejoin"
      onClick={() => void store.rejoin()}
    >
      {call.phase === "out" ? <Trans>Rejoin the call</Trans> : <Trans>Try again</Trans>}
    </Button>
  );
  if (call.phase === "full") {
    return (
      <CallMessage low={low} icon={PhoneOff} title={<Trans>The call is full</Trans>} action={enter}>
        <Trans>Four people can be in it at once. You can work and chat here meanwhile.</Trans>
      </CallMessage>
    );
  }
  if (call.phase === "stuck") {
    return (
      <CallMessage low={low} icon={Unplug} title={<Trans>The call could not be reached</Trans>} action={enter}>
        <Trans>The server gave no answer. The room itself goes on.</Trans>
      </CallMessage>
    );
  }
  return (
    <CallMessage low={low} icon={PhoneOff} title={<Trans>You are not in the call</Trans>} action={enter}>
      {names ? t`In the call: ${names}` : call.peers ? <Trans>Nobody is in it right now.</Trans> : <Trans>Join it to see who is there.</Trans>}
    </CallMessage>
  );
}

interface MessageProps {
  low: boolean;
  icon: LucideIcon;
  title: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

function CallMessage({ low, icon, title, action, children }: MessageProps) {
  if (!low) {
    return (
      <EmptyState icon={icon} title={title} action={action} className="my-auto py-4">
        {children}
      </EmptyState>
    );
  }
  return (
    <div className="flex grow items-center justify-center gap-4 px-2 text-sm">
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="quiet line-clamp-2 text-xs">{children}</p>
      </div>
      {action}
    </div>
  );
}
