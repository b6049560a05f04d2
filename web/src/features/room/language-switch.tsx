import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";

import { LanguagePicker } from "@/features/execution/language-picker";
import type { Language } from "@/features/execution/model";
import { ConfirmDialog } from "@/ui/confirm-dialog";

import { useCanEdit, useDocument } from "./doc/document-context";
import { usePlace } from "./pads/place";

/** The language of a pad: the same for everybody, so it asks before it changes what the others look at. */
export function LanguageSwitch({ languages }: { languages: readonly Language[] }) {
  const { t } = useLingui();
  const document = useDocument();
  const canEdit = useCanEdit();
  const { pad, prefix, paths, goTo } = usePlace();
  const selected = pad.language;
  const [wanted, setWanted] = useState<Language | null>(null);
  const current = languages.find(({ id }) => id === selected);
  const offered = languages.filter(({ fileName }) => paths.includes(prefix + fileName));
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
          if (wanted) {
            document.show(pad.id, wanted.id, prefix + wanted.fileName);
            goTo(prefix + wanted.fileName);
          }
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
