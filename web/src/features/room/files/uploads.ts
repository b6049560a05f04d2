/** Files of the reader's own computer as texts for the room. */
import { t } from "@lingui/core/macro";

import { pathFault, TEXT_MAX } from "./paths";

/** Bytes, of all at once: what is unsent when the connection breaks goes in one message, and one has at most 1 MB. */
const UPLOAD_MAX = 768 * 1024;

export interface Uploads {
  texts: readonly { name: string; text: string }[];
  /** Why not the others, in sentences. */
  refused: readonly string[];
}

export async function readUploads(files: readonly File[]): Promise<Uploads> {
  const texts: { name: string; text: string }[] = [];
  const refused: string[] = [];
  let bytes = 0;
  for (const file of files) {
    const fault = pathFault(file.name, []);
    if (fault) refused.push(t`${file.name}: ${fault}`);
    else if (file.size > TEXT_MAX) refused.push(t`${file.name} is too large: a file has at most ${TEXT_MAX / 1024} KB.`);
    else if ((bytes += file.size) > UPLOAD_MAX) refused.push(t`${file.name} was left out: at most ${UPLOAD_MAX / 1024} KB at once.`);
    else {
      const text = textOf(await file.arrayBuffer());
      if (text === null) refused.push(t`${file.name} is no text file.`);
      else texts.push({ name: file.name, text });
    }
  }
  return { texts, refused };
}

function textOf(content: ArrayBuffer): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
