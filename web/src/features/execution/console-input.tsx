import { Trans, useLingui } from "@lingui/react/macro";
import { CornerDownLeft } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";

import { Button, IconButton } from "@/ui/button";

interface Props {
  /** The reader has started the program: it is they who want to type now. */
  own: boolean;
  /** Why nothing can be typed just now. */
  disabled: boolean;
  onType: (text: string, end: boolean) => void;
  onStop: () => void;
}

/** The line in which a program is typed to: Enter sends it, Ctrl+D ends the input, Ctrl+C stops the program. */
export function ConsoleInput({ own, disabled, onType, onStop }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useFocusWhile(field, own);

  const send = () => {
    onType(`${text}\n`, false);
    setText("");
    field.current?.focus();
  };
  const end = () => {
    onType(text, true);
    setText("");
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (!event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const { selectionStart, selectionEnd } = event.currentTarget;
    const key = event.key.toLowerCase();
    if (key === "d") end();
    else if (key === "c" && selectionStart === selectionEnd)
      onStop(); // with something selected it copies
    else return;
    event.preventDefault();
  };
  /** Lines are sent as in a terminal; what comes after the last of them stays to be gone on with. */
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData("text").replaceAll("\r\n", "\n");
    if (!pasted.includes("\n")) return;
    event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const all = text.slice(0, selectionStart ?? text.length) + pasted + text.slice(selectionEnd ?? text.length);
    const after = all.lastIndexOf("\n") + 1;
    onType(all.slice(0, after), false);
    setText(all.slice(after));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled) send();
      }}
      className="flex items-center gap-1 border-t border-base-300 bg-base-200/60 py-1 ps-3 pe-1.5 has-[input:focus]:border-primary has-[input:focus]:bg-base-100"
    >
      <span aria-hidden className="font-mono text-sm font-semibold text-primary">
        ›
      </span>
      <input
        ref={field}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
        readOnly={disabled}
        aria-label={t`Type to the program`}
        placeholder={disabled ? t`Not connected` : t`Type to the program`}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="send"
        className="h-8 min-w-0 grow bg-transparent px-1.5 font-mono text-[0.8125rem] outline-none"
      />
      <IconButton icon={CornerDownLeft} label={t`Send the line`} type="submit" disabled={disabled} />
      <Button size="s" look="quiet" disabled={disabled} onClick={end} title={t`Ctrl+D`}>
        <Trans>End input</Trans>
      </Button>
    </form>
  );
}

/** The focus comes here with the line and, if it is still here at the end, goes back to where it was. */
function useFocusWhile(field: React.RefObject<HTMLInputElement | null>, wanted: boolean): void {
  const first = useRef(wanted);
  useLayoutEffect(() => {
    const line = field.current;
    const before = document.activeElement;
    if (first.current) line?.focus();
    return () => {
      if (document.activeElement === line && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [field]);
}
