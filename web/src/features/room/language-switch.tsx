import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";

import { LanguagePicker } from "@/features/execution/language-picker";
import type { Language } from "@/features/execution/model";
import { ConfirmDialog } from "@/ui/confirm-dialog";

import { useCanEdit, useDocument, useDocumentView } from "./doc/document-context";

/** The language of the room: the same for everybody, so it asks before it changes what the others look at. */
export function LanguageSwitch({ languages }: { languages: readonly Language[] }) {
  const { t } = useLingui();
  const document = useDocument();
  const canEdit = useCanEdit();
  const { language: selected, paths } = useDocumentView();
  const [wanted, setWanted] = useState<Language | null>(null);
  const current = languages.find(({ id }) => id === selected);
  const offered = languages.filter(({ fileName }) => paths.includes(fileName));
  const close = () => setWanted(null);
  return (
    <>
      <LanguagePicker
        languages={offered}
        selected={selected ?? ""}
        onSelect={(id) => setWanted(offered.find((one) => one.id === id) ?? null)}
        disabled={!canEdit || offered.length === 0}
      />
      <ConfirmDialog
        open={wanted !== null}
        onClose={close}
        onConfirm={() => {
          if (wanted) document.show(wanted.id, wanted.fileName);
          close();
        }}
        title={t`Switch to ${wanted?.name} for everybody?`}
        confirm={t`Switch to ${wanted?.name}`}
      >
        <Trans>
          Each language keeps its own text: the {current?.name} code stays as it is, and you find it again when you switch back.
        </Trans>
      </ConfirmDialog>
    </>
  );
}
