import { useLingui } from "@lingui/react/macro";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";

import { Icon } from "./icon";

type Tone = "success" | "error" | "info";

interface Toast {
  id: number;
  tone: Tone;
  text: string;
}

/** Long enough to read a sentence; errors stay until they are put away. */
const SHOWN_MS = 6000;
const AT_MOST = 4;

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function show(tone: Tone, text: string): void {
  // The same sentence twice is one.
  set([...toasts.filter((toast) => toast.text !== text), { id: ++last, tone, text }].slice(-AT_MOST));
}

/** It is not so any more. */
function withdraw(text: string): void {
  if (toasts.some((toast) => toast.text === text)) set(toasts.filter((toast) => toast.text !== text));
}

export const toast = {
  success: (text: string) => show("success", text),
  error: (text: string) => show("error", text),
  info: (text: string) => show("info", text),
  withdraw,
};

const AFTER_RELOAD = "notice";

/** For what ends with leaving this page for good: said on the next one. */
export function toastAfterReload(text: string): void {
  try {
    sessionStorage.setItem(AFTER_RELOAD, text);
  } catch {
    // Then the next page says nothing.
  }
}

function showLeftOver(): void {
  try {
    const text = sessionStorage.getItem(AFTER_RELOAD);
    sessionStorage.removeItem(AFTER_RELOAD);
    if (text) toast.info(text);
  } catch {
    // No storage, nothing left over.
  }
}

const dismiss = (id: number) => set(toasts.filter((toast) => toast.id !== id));

const LOOKS = {
  success: { icon: CircleCheck, colour: "text-success" },
  error: { icon: CircleAlert, colour: "text-error" },
  info: { icon: Info, colour: "text-info" },
} as const;

/** Where toasts appear; once, in the app's shell. */
export function Toaster() {
  const { t } = useLingui();
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  const box = useRef<HTMLDivElement>(null);

  useEffect(showLeftOver, []);
  useEffect(() => {
    // Shown anew each time, it stands above a dialog that opened in between.
    box.current?.hidePopover();
    if (shown.length > 0) box.current?.showPopover();
  }, [shown]);

  return (
    <div ref={box} popover="manual" role="region" aria-label={t`Notices`} className="toaster">
      {shown.map((toast) => (
        <Notice key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function Notice({ toast }: { toast: Toast }) {
  const { t } = useLingui();
  const [held, setHeld] = useState(false);
  const { icon, colour } = LOOKS[toast.tone];

  useEffect(() => {
    if (held || toast.tone === "error") return;
    const timer = window.setTimeout(() => dismiss(toast.id), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [held, toast]);

  return (
    <div
      role={toast.tone === "error" ? "alert" : "status"}
      className="notice"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon of={icon} size={18} className={colour} />
      <p className="grow text-sm text-pretty">{toast.text}</p>
      <button type="button" className="btn btn-square btn-ghost btn-xs" aria-label={t`Put this notice away`} onClick={() => dismiss(toast.id)}>
        <Icon of={X} size={14} />
      </button>
    </div>
  );
}
