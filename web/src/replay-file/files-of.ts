/** The chat's files that the server wrote into the page: each in an element of its own, in base64, read when it is wanted. */
import { fromBase64 } from "lib0/buffer";

import type { KeptFiles } from "@/features/chat/kept-files";
import { saveAs } from "@/lib/save-as";

/** What the server draws pictures as. An `img` runs nothing, whatever the bytes are. */
const PICTURE = "image/webp";

export function filesOf(page: ParentNode): KeptFiles {
  const found = new Map<string, Element>();
  for (const element of page.querySelectorAll('script[type="text/plain"].attachment[data-id]')) {
    found.set(element.getAttribute("data-id") ?? "", element);
  }
  const content = (id: string) => found.get(id)?.textContent.trim() ?? null;
  return {
    has: ({ id }) => found.has(id),
    picture: ({ id }) => {
      const encoded = content(id);
      return encoded === null ? null : `data:${PICTURE};base64,${encoded}`;
    },
    save: ({ id, name, mediaType }) => {
      const encoded = content(id);
      if (encoded === null) return;
      // Never as what it says it is: the browser would open it, in this page's origin, instead of saving it.
      const file = new Blob([fromBase64(encoded)], { type: "application/octet-stream" });
      saveAs(file, mediaType === PICTURE ? asPicture(name) : name);
    },
  };
}

/** What was a PNG is a WebP now; as the server names it (`chat/attachments.py`). */
function asPicture(name: string): string {
  if (name.toLowerCase().endsWith(".webp")) return name;
  const dot = name.lastIndexOf(".");
  return `${dot > 0 ? name.slice(0, dot) : name}.webp`;
}
