import { useLingui } from "@lingui/react/macro";
import { Check, Copy } from "lucide-react";
import { type MouseEvent, type ReactNode, useEffect, useState } from "react";

import { copyText } from "@/lib/copy-text";

import { Button, type ButtonSize, IconButton } from "./button";
import { toast } from "./toast";

const SAID_MS = 2000;

interface Props {
  /** What is copied, or how to get it (e.g. from the editor). */
  text: string | (() => string);
  /** What it copies, as the button's name: "Copy invite link". */
  label: string;
  /** Shown in the button; without it the button is a picture. */
  children?: ReactNode;
  size?: ButtonSize;
  look?: "plain" | "primary" | "quiet";
}

export function CopyButton({ text, label, children, size = "s", look = "quiet" }: Props) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), SAID_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);

  const copy = async ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const done = await copyText(typeof text === "string" ? text : text(), currentTarget);
    if (done) setCopied(true);
    else toast.error(t`The browser did not allow copying. Select the text and copy it by hand.`);
  };
  const common = { size, look, icon: copied ? Check : Copy, onClick: copy };
  return (
    <>
      {children ? <Button {...common}>{copied ? t`Copied` : children}</Button> : <IconButton {...common} label={label} />}
      <span role="status" className="sr-only">
        {copied && t`Copied`}
      </span>
    </>
  );
}
