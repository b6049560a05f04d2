import { useLingui } from "@lingui/react/macro";
import { Settings2 } from "lucide-react";
import { useState } from "react";

import { IconButton } from "@/ui/button";
import { Dialog } from "@/ui/dialog";

import { EditorSettingsForm } from "./editor-settings-form";

/** Opens the settings of the editor it stands beside. */
export function EditorSettingsButton() {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton icon={Settings2} label={t`Editor settings`} aria-haspopup="dialog" onClick={() => setOpen(true)} />
      <Dialog open={open} onClose={() => setOpen(false)} title={t`Editor settings`}>
        <EditorSettingsForm />
      </Dialog>
    </>
  );
}
