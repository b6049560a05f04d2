import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";

import { Button } from "./button";
import { Dialog, DialogActions } from "./dialog";
import { FormError } from "./field";

interface Props {
  open: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: ReactNode;
  children: ReactNode;
  /** What the button does, as a verb. */
  confirm: ReactNode;
  danger?: boolean;
  busy?: boolean;
  error?: string | undefined;
}

/** Asks once before something that cannot be taken back. The way out has the focus. */
export function ConfirmDialog({ open, onClose, onConfirm, title, children, confirm, danger, busy = false, error }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <div className="flex flex-col gap-3">
        <div className="quiet text-pretty">{children}</div>
        <FormError message={error} />
      </div>
      <DialogActions>
        <Button onClick={onClose} data-focus-first>
          <Trans>Cancel</Trans>
        </Button>
        <Button look={danger ? "danger" : "primary"} busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
