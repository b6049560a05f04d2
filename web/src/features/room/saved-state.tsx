import { Trans, useLingui } from "@lingui/react/macro";
import { CircleAlert, CloudCheck, CloudOff, CloudUpload } from "lucide-react";

import { classes } from "@/lib/classes";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icon";

import { useCanEdit, useDocStatus, useDocument } from "./doc/document-context";
import type { DocStatus } from "./doc/doc-provider";
import { useRoom } from "./events/room-context";
import { useSettledState } from "./use-settled-status";

export const STATE_ICONS = { connecting: CloudUpload, saving: CloudUpload, saved: CloudCheck, offline: CloudOff, refused: CircleAlert };

/** One or two for each state. */
export function useStateWords(): Record<DocStatus["state"], string> {
  const { t } = useLingui();
  return { connecting: t`Connecting…`, saving: t`Saving…`, saved: t`Saved`, offline: t`Offline`, refused: t`Not saved` };
}

/** One word on whether what was typed is stored; a notice below says the rest when it is not. */
export function SavedState() {
  const words = useStateWords();
  const { state } = useDocStatus();
  const { status } = useRoom();
  const shown = useSettledState(state);
  // When the session has ended there is nothing to come; the dialog says if something was lost.
  if (status === "ended") return null;
  const bad = shown === "offline" || shown === "refused";
  return (
    <p role="status" data-saved-state={shown} className={classes("flex items-center gap-1.5 text-sm whitespace-nowrap", bad ? "text-warning" : "quiet")}>
      <Icon of={STATE_ICONS[shown]} />
      <span className={classes(!bad && "sr-only lg:not-sr-only")}>{words[shown]}</span>
    </p>
  );
}

/** What is wrong with the connection, and what becomes of what is typed meanwhile. */
export function ConnectionNotice() {
  const { state, unsaved, keptHere, refusal } = useDocStatus();
  const { status, me } = useRoom();
  const document = useDocument();
  const canEdit = useCanEdit();
  if (status === "ended" || status === "refused") return null;
  if (state === "refused" && refusal?.code === "too_large") {
    return (
      <Notice>
        <Trans>Your last change is too large for the room and was not saved. The others do not see it.</Trans>
        <Button size="s" onClick={() => document.discard()}>
          <Trans>Drop my unsaved changes</Trans>
        </Button>
      </Notice>
    );
  }
  if (state === "refused" && refusal?.code === "read_only") {
    return (
      <Notice>
        {me.role === "observer" ? (
          <Trans>You only watch now, and your last change is not saved. It is sent if you may write again.</Trans>
        ) : keptHere ? (
          <Trans>The document is locked, and your last change is not saved. It is kept here and sent when you may write again.</Trans>
        ) : (
          <Trans>The document is locked, and your last change is not saved. Keep this page open: it is sent when you may write again.</Trans>
        )}
      </Notice>
    );
  }
  if (state === "refused") {
    return (
      <Notice>
        <Trans>What you type here is not saved any more. Reload the page to go on.</Trans>
        <Button size="s" onClick={() => location.reload()}>
          <Trans>Reload</Trans>
        </Button>
      </Notice>
    );
  }
  if (state === "offline") {
    return (
      <Notice>
        {!canEdit ? (
          <Trans>Offline: trying to reach the room again.</Trans>
        ) : keptHere ? (
          <Trans>Offline: your changes are kept here and sent when the connection is back.</Trans>
        ) : (
          <Trans>Offline: your changes are sent when the connection is back. Keep this page open; this browser cannot keep them.</Trans>
        )}
        {unsaved && (
          <span className="quiet">
            <Trans>There are unsaved changes.</Trans>
          </span>
        )}
      </Notice>
    );
  }
  if (status === "offline") {
    return (
      <Notice>
        <Trans>The connection to the room is interrupted: chat, runs and call are trying to come back.</Trans>
      </Notice>
    );
  }
  return null;
}

function Notice({ children }: { children: React.ReactNode }) {
  return (
    <div role="status" className="flex items-start gap-2.5 border-b border-base-300 bg-warning/14 px-4 py-1.5 text-sm text-pretty">
      <Icon of={CloudOff} className="mt-0.5 text-warning" />
      <div className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1">{children}</div>
    </div>
  );
}
