import { Trans, useLingui } from "@lingui/react/macro";
import { Download, FilePlus2, Upload, X } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";

import { IconButton } from "@/ui/button";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { toast } from "@/ui/toast";

import { useDownloadFiles } from "../api";
import { useCanEdit, useDocStatus, useDocument } from "../doc/document-context";
import { useRoom } from "../events/room-context";
import { usePlace } from "../pads/place";
import { FileTree } from "./file-tree";
import { PathDialog } from "./path-dialog";
import { FILES_MAX } from "./paths";
import { readUploads } from "./uploads";

interface Props {
  /** Path of the file that is run. */
  main: string | null;
  /** The reader goes to a file. */
  onGo: (path: string) => void;
  onClose: () => void;
}

type Asking = { kind: "new" } | { kind: "rename" | "delete"; path: string };

/** The files of the pad: to look at, and for who may edit to make, rename, delete and bring along. */
export function FilesPanel({ main, onGo, onClose }: Props) {
  const { t } = useLingui();
  const { session } = useRoom();
  const document = useDocument();
  const { pad, prefix, path, paths, worthy } = usePlace();
  const mayChange = useMayChange();
  const download = useDownloadFiles(session.id, pad.title || session.problemSlug);
  const [asking, setAsking] = useState<Asking | null>(null);
  const names = worthy.map((one) => one.slice(prefix.length));
  const full = worthy.length >= FILES_MAX;

  const go = (name: string) => {
    onGo(prefix + name);
    // On a phone the panel covers the code.
    if (!window.matchMedia("(min-width: 640px)").matches) onClose();
  };
  const make = (name: string) => {
    // A language's own file may be there unseen, as nobody has written in it.
    go(paths.includes(prefix + name) ? name : document.book.create(prefix + name, "").slice(prefix.length));
    setAsking(null);
  };
  const rename = (from: string, to: string) => {
    const [before, after] = [prefix + from, prefix + to];
    document.book.rename(before, after, () => {
      if (pad.activeFile === before) document.activate(pad.id, after);
    });
    if (path === before) onGo(after);
    setAsking(null);
  };
  const remove = (name: string) => {
    document.book.remove(prefix + name);
    setAsking(null);
  };
  return (
    <section aria-label={t`Files`} className="flex w-56 shrink-0 flex-col border-r border-base-300 max-sm:w-full max-sm:border-0">
      <div className="flex items-center gap-0.5 border-b border-base-300 py-0.5 pr-1 pl-3">
        <h2 className="grow text-sm font-medium">
          <Trans>Files</Trans>
        </h2>
        {mayChange && !full && <IconButton icon={FilePlus2} label={t`New file`} onClick={() => setAsking({ kind: "new" })} />}
        {mayChange && !full && <UploadButton taken={worthy.length} onText={(name, text) => document.book.create(prefix + name, text)} />}
        <IconButton icon={Download} label={t`Download as zip`} busy={download.isPending} onClick={() => download.mutate(pad.id)} />
        <IconButton icon={X} label={t`Close the files`} onClick={onClose} />
      </div>
      <div className="min-h-0 grow overflow-y-auto py-1">
        <FileTree
          names={names}
          selected={path?.slice(prefix.length) ?? null}
          main={main?.slice(prefix.length) ?? null}
          onGo={go}
          onRename={mayChange ? (name) => setAsking({ kind: "rename", path: name }) : undefined}
          onDelete={mayChange ? (name) => setAsking({ kind: "delete", path: name }) : undefined}
        />
        <Note full={full} mayChange={mayChange} />
      </div>
      {asking?.kind === "new" && (
        <PathDialog title={t`New file`} action={t`Make the file`} initial="" taken={names} onPath={make} onClose={() => setAsking(null)} />
      )}
      {asking?.kind === "rename" && (
        <PathDialog
          title={t`Rename ${asking.path}`}
          action={t`Rename`}
          initial={asking.path}
          taken={paths.map((one) => one.slice(prefix.length)).filter((one) => one !== asking.path)}
          onPath={(to) => rename(asking.path, to)}
          onClose={() => setAsking(null)}
        />
      )}
      {asking?.kind === "delete" && (
        <ConfirmDialog
          open
          danger
          onClose={() => setAsking(null)}
          onConfirm={() => remove(asking.path)}
          title={t`Delete ${asking.path} for everybody?`}
          confirm={t`Delete it`}
        >
          <Trans>Its text is gone from the room. It stays in the session's log.</Trans>
        </ConfirmDialog>
      )}
    </section>
  );
}

function Note({ full, mayChange }: { full: boolean; mayChange: boolean }) {
  const canEdit = useCanEdit();
  let said: ReactNode = null;
  if (canEdit && !mayChange) said = <Trans>Files can be made, renamed and deleted when you are connected again.</Trans>;
  else if (full) said = <Trans>A pad has at most {FILES_MAX} files.</Trans>;
  return said && <p className="quiet px-3 py-2 text-xs text-pretty">{said}</p>;
}

/** The right to edit, and a connection: see `SharedFiles`. */
function useMayChange(): boolean {
  const canEdit = useCanEdit();
  const { state } = useDocStatus();
  return canEdit && (state === "saved" || state === "saving");
}

function UploadButton({ taken, onText }: { taken: number; onText: (name: string, text: string) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const bring = async (chosen: readonly File[]) => {
    const { texts, refused } = await readUploads(chosen.slice(0, FILES_MAX - taken));
    for (const { name, text } of texts) onText(name, text);
    for (const why of refused) toast.error(why);
    if (chosen.length > FILES_MAX - taken) toast.error(t`A pad has at most ${FILES_MAX} files: the last ones were left out.`);
  };
  return (
    <>
      <IconButton icon={Upload} label={t`Upload files`} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t`Files to upload`}
        onChange={({ target }) => {
          const chosen = [...(target.files ?? [])];
          target.value = ""; // the same file once more is a change again
          void bring(chosen);
        }}
      />
    </>
  );
}
