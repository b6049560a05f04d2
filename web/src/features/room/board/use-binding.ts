/** Excalidraw and the room's document, tied to each other as long as both are there. */
import { CaptureUpdateAction } from "@excalidraw/excalidraw";
import type { OrderedExcalidrawElement } from "@excalidraw/excalidraw/element/types";
import type { AppState, Collaborator, ExcalidrawImperativeAPI, SocketId } from "@excalidraw/excalidraw/types";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import { toast } from "@/ui/toast";

import type { RoomDocument } from "../doc/room-document";
import { BoardBinding, type BoardRefusal, type Scene } from "./board-binding";
import type { BoardElement } from "./board-element";
import { OwnPointer, pointers } from "./board-pointers";

/** Says why something that was drawn is not there. */
export function useRefusal(): (why: BoardRefusal) => void {
  const { t } = useLingui();
  const texts: Record<BoardRefusal, string> = {
    kind: t`Pictures and embedded pages cannot be put on the board. Shapes, lines and text can; a picture goes into the chat.`,
    large: t`That is too large for the board. Draw it in several parts.`,
    full: t`The board is full. Delete something that is not needed any more, then draw on.`,
  };
  return (why) => toast.info(texts[why]);
}

/** Tells the others where we point. */
export function useBinding(api: ExcalidrawImperativeAPI | null, document: RoomDocument, canEdit: boolean): OwnPointer {
  const binding = useRef<BoardBinding | null>(null);
  const [pointer] = useState(() => new OwnPointer(document.awareness));
  const tell = useRefusal();
  const refuse = useEffectEvent((why: BoardRefusal) => tell(why));
  const mayEdit = useEffectEvent(() => canEdit);
  useEffect(() => {
    if (!api) return undefined;
    const begin = () => {
      const begun = new BoardBinding(document.board, sceneOf(api), mayEdit(), (why) => refuse(why));
      // It may have been drawn on a larger screen, or elsewhere on the endless one.
      api.scrollToContent(undefined, { fitToContent: true, animate: false });
      return begun;
    };
    // It says nothing of changes before its own beginning is done, which would wipe out whatever was shown until then.
    if (!api.getAppState().isLoading) binding.current = begin();
    const stopWatching = api.onChange(() => (binding.current ??= begin()).changed());
    const show = () => api.updateScene({ collaborators: collaborators(document) });
    document.awareness.on("change", show);
    const flush = () => binding.current?.flush();
    addEventListener("pagehide", flush);
    show();
    return () => {
      removeEventListener("pagehide", flush);
      document.awareness.off("change", show);
      stopWatching();
      binding.current?.dispose();
      binding.current = null;
      pointer.leave();
    };
  }, [api, document, pointer]);
  useEffect(() => binding.current?.setCanEdit(canEdit), [canEdit]);
  return pointer;
}

function sceneOf(api: ExcalidrawImperativeAPI): Scene {
  return {
    elements: () => api.getSceneElementsIncludingDeleted() as readonly unknown[] as readonly BoardElement[],
    held: () => held(api.getAppState()),
    // What they are has been looked at field by field.
    show: (elements) =>
      api.updateScene({ elements: elements as readonly unknown[] as OrderedExcalidrawElement[], captureUpdate: CaptureUpdateAction.NEVER }),
  };
}

function held({ editingTextElement, newElement, resizingElement, multiElement, selectedElementsAreBeingDragged, selectedElementIds }: AppState) {
  const ids = [editingTextElement, newElement, resizingElement, multiElement].flatMap((one) => one?.id ?? []);
  return new Set(selectedElementsAreBeingDragged ? [...ids, ...Object.keys(selectedElementIds)] : ids);
}

function collaborators({ awareness }: RoomDocument): Map<SocketId, Collaborator> {
  return new Map(
    pointers(awareness).map(({ clientId, person, x, y, selected }) => [
      String(clientId) as SocketId,
      {
        id: person.id,
        username: person.name,
        pointer: { x, y, tool: "pointer" },
        selectedElementIds: Object.fromEntries(selected.map((id) => [id, true as const])),
      },
    ]),
  );
}
