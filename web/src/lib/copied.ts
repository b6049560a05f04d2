/**
 * What was copied in this page since it was loaded, to tell a paste from the room from one from elsewhere. It never leaves
 * this module: nobody is told what was copied, only whether a text was.
 */

const KEPT = 50; // as many as somebody copies in a while; the oldest is forgotten first
let copied: string[] = [];

/** An editor may change line ends and indentation on the way. */
const compared = (text: string): string => text.replace(/\s+/gu, " ").trim();

export function noteCopied(text: string): void {
  const one = compared(text);
  if (one) copied = [...copied.filter((other) => other !== one), one].slice(-KEPT);
}

export function wasCopiedHere(text: string): boolean {
  return copied.includes(compared(text));
}

/** From now on every copy and cut of the page is remembered. Returns the way to stop. */
export function watchCopies(): () => void {
  const note = (event: ClipboardEvent) => noteCopied(textOf(event));
  // At the window, after whoever puts a text of their own on the clipboard, as the editor does.
  window.addEventListener("copy", note);
  window.addEventListener("cut", note);
  return () => {
    window.removeEventListener("copy", note);
    window.removeEventListener("cut", note);
  };
}

function textOf({ clipboardData, target }: ClipboardEvent): string {
  const given = clipboardData?.getData("text/plain");
  if (given) return given;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) {
    return target.value.slice(target.selectionStart ?? 0, target.selectionEnd ?? 0);
  }
  return document.getSelection()?.toString() ?? "";
}
