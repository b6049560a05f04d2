import { Trans, useLingui } from "@lingui/react/macro";
import { Braces, Download, Film, Share2 } from "lucide-react";

import type { Session } from "@/features/sessions/api";
import { messageOf } from "@/lib/api/client";
import { Button } from "@/ui/button";
import { Menu } from "@/ui/menu";
import { toast } from "@/ui/toast";

import { type Export, seesAll, useExport } from "./api";

/** Takes a session away as a file. */
export function ExportMenu({ session, me }: { session: Session; me: string }) {
  const { t } = useLingui();
  const { mutate, isPending } = useExport(session);
  const save = (what: Export) => () => mutate(what, { onError: (error) => toast.error(messageOf(error)) });
  return (
    <Menu
      label={t`Export`}
      header={
        <p className="quiet max-w-64 text-xs text-pretty">
          <Trans>The replay is one file that plays in any browser, without this server. The files of the chat are in it.</Trans>
        </p>
      }
      entries={[
        { label: t`Replay (HTML)`, icon: Film, onSelect: save({ kind: "html", shareable: false }) },
        ...(seesAll(session, me)
          ? [{ label: t`Replay to share, without notes and pastes`, icon: Share2, onSelect: save({ kind: "html", shareable: true }) }]
          : []),
        { kind: "line" },
        { label: t`Everything as JSON`, icon: Braces, onSelect: save({ kind: "json", shareable: false }) },
      ]}
    >
      {(button) => (
        <Button {...button} size="s" icon={Download} busy={isPending}>
          <Trans>Export</Trans>
        </Button>
      )}
    </Menu>
  );
}
