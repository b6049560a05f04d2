import { Check, type LucideIcon } from "lucide-react";
import { type ComponentPropsWithRef, type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import { Link } from "react-router";

import { classes } from "@/lib/classes";

import { Icon } from "./icon";
import { type Align, place, type Side } from "./place";

export type MenuEntry =
  | { kind?: "action"; label: ReactNode; icon?: LucideIcon; onSelect: () => void; danger?: boolean; disabled?: boolean }
  | { kind: "link"; label: ReactNode; icon?: LucideIcon; to: string }
  | { kind: "choice"; label: ReactNode; icon?: LucideIcon; checked: boolean; onSelect: () => void }
  | { kind: "line" };

interface Props {
  /** Name of the menu. */
  label: string;
  entries: readonly MenuEntry[];
  /** What opens it. Spread `button` on a <button> and put anything into it. */
  children: (button: ComponentPropsWithRef<"button">) => ReactNode;
  /** Said above the entries, e.g. who is signed in. */
  header?: ReactNode;
  side?: Side;
  align?: Align;
}

const TYPING_MS = 700; // between two letters of one word
const LONG = 12; // entries; more stand in two columns, which a phone has room for

const ITEMS = '[role^="menuitem"]:not(:disabled)';

/** ARIA menu button: the browser's popover gives the top layer, Escape and closing by a click outside. */
export function Menu({ label, entries, children, header, side = "bottom", align = "end" }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const [open, setOpen] = useState(false);

  const items = () => [...(popover.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];
  const close = () => {
    popover.current?.hidePopover();
    button.current?.focus();
  };
  const onToggle = (shown: boolean) => {
    setOpen(shown);
    if (!shown || !popover.current || !button.current) return;
    place(popover.current, button.current, side, align);
    const choosing = entries.every(({ kind }) => kind === "choice");
    const inForce = choosing ? popover.current.querySelector<HTMLElement>('[aria-checked="true"]') : null;
    (inForce ?? items()[0])?.focus();
  };
  /** The next entry that begins with what was typed just now. */
  const named = (letter: string, time: number) => {
    const going = time - typed.current.at < TYPING_MS;
    typed.current = { text: (going ? typed.current.text : "") + letter.toLowerCase(), at: time };
    const all = items();
    const from = all.indexOf(document.activeElement as HTMLElement) + (going ? 0 : 1);
    const inTurn = [...all.slice(from), ...all.slice(0, from)];
    return inTurn.find((item) => item.textContent.trim().toLowerCase().startsWith(typed.current.text));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const steps: Partial<Record<string, number>> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const next = steps[event.key];
    if (event.key === "Tab") close();
    if (/^[^\s]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) named(event.key, event.timeStamp)?.focus();
    if (next === undefined) return;
    event.preventDefault();
    all[next]?.focus();
  };

  return (
    <>
      {children({
        ref: button,
        type: "button",
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "aria-controls": id,
        // Not by onClick: the browser would close the menu as the button is pressed, and the click would open it again.
        popoverTarget: id,
        onKeyDown: (event) => {
          if (event.key !== "ArrowDown" || open) return;
          event.preventDefault();
          popover.current?.showPopover();
        },
      })}
      <div ref={popover} id={id} popover="auto" className="menu-box" onToggle={(event) => onToggle(event.newState === "open")}>
        {header && <div className="border-b border-base-300 px-3 py-2">{header}</div>}
        <div role="menu" tabIndex={-1} aria-label={label} className={classes("p-1", entries.length > LONG && "columns-2 gap-1")} onKeyDown={onKeyDown}>
          {entries.map((entry, index) => (
            <Entry key={index} entry={entry} close={close} />
          ))}
        </div>
      </div>
    </>
  );
}

function Entry({ entry, close }: { entry: MenuEntry; close: () => void }) {
  if (entry.kind === "line") return <div role="separator" className="my-1 border-t border-base-300" />;
  const inside = (
    <>
      {entry.icon && <Icon of={entry.icon} />}
      <span className="grow">{entry.label}</span>
      {entry.kind === "choice" && entry.checked && <Icon of={Check} />}
    </>
  );
  if (entry.kind === "link") {
    return (
      <Link role="menuitem" tabIndex={-1} to={entry.to} className="menu-item" onClick={close}>
        {inside}
      </Link>
    );
  }
  const select = () => {
    close();
    entry.onSelect();
  };
  const choice = entry.kind === "choice";
  return (
    <button
      type="button"
      role={choice ? "menuitemradio" : "menuitem"}
      aria-checked={choice ? entry.checked : undefined}
      tabIndex={-1}
      disabled={!choice && entry.disabled}
      className={classes("menu-item", !choice && entry.danger && "text-error")}
      onClick={select}
    >
      {inside}
    </button>
  );
}
