/** The board as a picture, made in this browser. */
import { exportToBlob, exportToSvg } from "@excalidraw/excalidraw";
import type { NonDeletedExcalidrawElement } from "@excalidraw/excalidraw/element/types";

import { saveAs } from "@/lib/save-as";

export type PictureKind = "png" | "svg";

const AROUND = 24; // empty pixels

/** On white, whatever the theme: it is printed, sent, put into a document. */
export async function savePicture(kind: PictureKind, elements: readonly NonDeletedExcalidrawElement[], name: string): Promise<void> {
  const picture = {
    elements,
    files: null,
    exportPadding: AROUND,
    appState: { exportBackground: true, viewBackgroundColor: "#ffffff", exportEmbedScene: false, exportWithDarkMode: false },
  };
  saveAs(kind === "png" ? await exportToBlob({ ...picture, mimeType: "image/png" }) : await svg(picture), `${name}.${kind}`);
}

async function svg(picture: Parameters<typeof exportToSvg>[0]): Promise<Blob> {
  const drawn = await exportToSvg(picture);
  return new Blob([new XMLSerializer().serializeToString(drawn)], { type: "image/svg+xml" });
}
