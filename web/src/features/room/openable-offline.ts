import { type EditorKind } from "@/features/execution/editor-kind";
import { keepsRooms } from "@/lib/kept-rooms";

/** From now on this page opens without a network, too: `sw.ts`. Not in development, nor on a computer that keeps nothing. */
export async function openableOffline(editor: EditorKind): Promise<void> {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator) || !keepsRooms()) return;
  try {
    await navigator.serviceWorker.register("/sw.js");
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage({ room: editor });
  } catch {
    // A browser that forbids it: the room is the same, only a page that is closed does not open again without a network.
  }
}
