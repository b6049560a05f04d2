import { Trans, useLingui } from "@lingui/react/macro";
import { Download, Eye, Image, Lock } from "lucide-react";
import { lazy, Suspense, useRef, useState } from "react";

import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { ErrorGuard } from "@/ui/error-guard";
import { Icon } from "@/ui/icon";
import { Menu } from "@/ui/menu";
import { Loading } from "@/ui/spinner";
import { EmptyState } from "@/ui/states";
import { toast } from "@/ui/toast";

import { useCanEdit, useDocStatus, useDocument } from "../doc/document-context";
import { useRoom } from "../events/room-context";
import { mayEdit } from "../rights";
import type { PictureKind } from "./board-export";
import type { BoardHandle } from "./excalidraw-board";

const ExcalidrawBoard = lazy(() => import("./excalidraw-board"));

/** The room's one whiteboard, with what may be done with all of it. */
export function BoardPanel({ shown }: { shown: boolean }) {
  const { t } = useLingui();
  const { me, session } = useRoom();
  const document = useDocument();
  const canEdit = useCanEdit();
  const locked = !canEdit && mayEdit(me, { locked: false });
  const { ready } = useDocStatus();
  const board = useRef<BoardHandle>(null);
  /** How often it broke: each time another one is begun. */
  const [begun, setBegun] = useState(0);
  const [broken, setBroken] = useState(false);
  const save = (kind: PictureKind) => {
    board.current
      ?.save(kind, t`Board of ${session.problem}`)
      .then((saved) => saved || toast.info(t`There is nothing on the board yet.`))
      .catch(() => toast.error(t`The picture could not be made. Try the other kind.`));
  };
  return (
    <section aria-label={t`Board`} className="flex h-full min-h-0 flex-col bg-base-100">
      <div className="flex items-center gap-1 border-b border-base-300 px-1.5 py-1">
        {!canEdit && (
          <Badge icon={locked ? Lock : Eye} tone="info">
            {locked ? <Trans>Locked</Trans> : <Trans>You are watching</Trans>}
          </Badge>
        )}
        <span className="grow" />
        <Menu
          label={t`Save as a picture`}
          entries={[
            { label: t`PNG, for documents and messages`, icon: Image, onSelect: () => save("png") },
            { label: t`SVG, sharp at every size`, icon: Image, onSelect: () => save("svg") },
          ]}
        >
          {(button) => (
            <button type="button" {...button} className="btn gap-1.5 btn-ghost btn-xs">
              <Icon of={Download} size={13} />
              <Trans>Save as a picture</Trans>
            </button>
          )}
        </Menu>
      </div>
      <div className="relative min-h-0 grow">
        {broken ? (
          <EmptyState
            icon={Image}
            title={<Trans>The board cannot be shown</Trans>}
            action={
              <Button
                size="s"
                onClick={() => {
                  setBegun(begun + 1);
                  setBroken(false);
                }}
              >
                <Trans>Try again</Trans>
              </Button>
            }
          >
            <Trans>What was drawn is kept, and the rest of the room goes on. If it stays so, reload the page.</Trans>
          </EmptyState>
        ) : ready ? (
          <ErrorGuard key={begun} onError={() => setBroken(true)}>
            <Suspense fallback={<Loading label={t`Loading the board`} />}>
              <ExcalidrawBoard ref={board} document={document} canEdit={canEdit} shown={shown} />
            </Suspense>
          </ErrorGuard>
        ) : (
          <Loading label={t`Loading the document`} />
        )}
      </div>
    </section>
  );
}
