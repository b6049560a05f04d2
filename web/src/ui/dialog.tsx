import { useLingui } from "@lingui/react/macro";
import { X } from "lucide-react";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

import { classes } from "@/lib/classes";

import { IconButton } from "./button";

/** What has the focus in a dialog that has just opened: marked, or the first thing to fill in. */
const FIRST = "[data-focus-first], input:not(:disabled):is(:not([type=radio]), :checked), select, textarea";

interface Props {
  open: boolean;
  /** Called on Escape, the close button and a click outside; the caller then sets `open` to false. */
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  wide?: boolean;
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back to where it was. */
export function Dialog({ open, onClose, title, children, wide = false }: Props) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || !open) return;
    element.showModal();
    // The browser would choose the close button.
    element.querySelector<HTMLElement>(FIRST)?.focus();
    // Also when the component goes away while open: only close() gives the focus back.
    return () => element.close();
  }, [open]);

  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby={heading}
      closedby="any"
      onClose={(event) => {
        // The event comes later than the closing: by then it can be open again (effects that run twice in development).
        if (event.target === event.currentTarget && !event.currentTarget.open && open) onClose();
      }}
    >
      {open && (
        <div className={classes("modal-box p-0", wide ? "max-w-2xl" : "max-w-md")}>
          <div className="flex items-center justify-between gap-4 px-5 pt-4">
            <h2 id={heading} className="text-lg font-semibold">
              {title}
            </h2>
            <IconButton icon={X} label={t`Close`} onClick={onClose} className="-mr-2" />
          </div>
          <div className="px-5 pt-2 pb-5">{children}</div>
        </div>
      )}
    </dialog>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>;
}
