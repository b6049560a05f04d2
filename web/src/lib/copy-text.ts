import { noteCopied } from "./copied";

/**
 * Puts `text` on the clipboard, after a press of `button`. Only secure addresses (https, localhost) have the clipboard's
 * own interface; elsewhere the browser copies what is selected. False: it allows neither.
 */
export async function copyText(text: string, button: HTMLElement): Promise<boolean> {
  noteCopied(text);
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text, button);
  }
}

function copySelected(text: string, button: HTMLElement): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "sr-only";
  button.after(area); // not at the end of the page: what is outside an open dialog cannot be selected
  area.focus();
  area.select();
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- what took its place is missing exactly here
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    button.focus();
  }
}
