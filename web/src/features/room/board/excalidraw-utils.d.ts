/** Excalidraw's own types name this package, which it is built with and which is nowhere to be had. */
declare module "@excalidraw/utils/export" {
  import type { NonDeletedExcalidrawElement } from "@excalidraw/excalidraw/element/types";
  import type { AppState, BinaryFiles } from "@excalidraw/excalidraw/types";

  interface Picture {
    elements: readonly NonDeletedExcalidrawElement[];
    appState?: Partial<AppState>;
    files: BinaryFiles | null;
    exportPadding?: number;
  }

  export function exportToBlob(picture: Picture & { mimeType?: string }): Promise<Blob>;
  export function exportToSvg(picture: Picture): Promise<SVGSVGElement>;
  export const exportToCanvas: unknown;
  export const exportToClipboard: unknown;
}
