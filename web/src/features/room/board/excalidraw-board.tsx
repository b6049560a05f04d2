/** Excalidraw on the room's document. Half a megabyte: only loaded by who opens the board. */
import "@excalidraw/excalidraw/index.css";
import "./board.css";

import { CaptureUpdateAction, Excalidraw, MainMenu, WelcomeScreen } from "@excalidraw/excalidraw";
import type { AppState, Collaborator, ExcalidrawImperativeAPI, SocketId } from "@excalidraw/excalidraw/types";
import type { OrderedExcalidrawElement } from "@excalidraw/excalidraw/element/types";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";

import { useTheme } from "@/lib/theme";
import { toast } from "@/ui/toast";

import type { RoomDocument } from "../doc/room-document";
import { BoardBinding, type BoardRefusal, type Scene } from "./board-binding";
import type { BoardElement } from "./board-element";
import { type PictureKind, savePicture } from "./board-export";
import { OwnPointer, pointers } from "./board-pointers";

export interface BoardHandle {
  /** False: there is nothing to be saved. */
  save: (kind: PictureKind, name: string) => Promise<boolean>;
}

interface Props {
  document: RoomDocument;
  canEdit: boolean;
  /** The reader looks at it. */
  shown: boolean;
  ref: Ref<BoardHandle>;
}

/** What would load, save or fetch past the room's document. */
const UI = {
  canvasActions: {
    changeViewBackgroundColor: false,
    clearCanvas: true,
    export: false as const,
    loadScene: false,
    saveToActiveFile: false,
    toggleTheme: false,
    saveAsImage: false,
  },
  tools: { image: false },
};

export default function ExcalidrawBoard({ document, canEdit, shown, ref }: Props) {
  const theme = useTheme();
  const [api, setApi] = useState<ExcalidrawImperativeAPI | null>(null);
  const { pointer } = useBinding(api, document, canEdit);
  useEffect(() => {
    if (!shown) pointer.leave();
  }, [shown, pointer]);
  useImperativeHandle(ref, () => ({
    save: async (kind, name) => {
      const elements = api?.getSceneElements() ?? [];
      if (elements.length > 0) await savePicture(kind, elements, name);
      return elements.length > 0;
    },
  }));
  return (
    // It only keeps a key from what is inside.
    <div className="board h-full" onKeyDownCapture={withoutLinks}>
      <Excalidraw
        excalidrawAPI={setApi}
        theme={theme === "night" ? "dark" : "light"}
        langCode="en"
        viewModeEnabled={!canEdit}
        isCollaborating
        UIOptions={UI}
        aiEnabled={false}
        validateEmbeddable={false}
        onLinkOpen={(_, event) => event.preventDefault()}
        onPointerUpdate={({ pointer: { x, y } }) => {
          if (api) pointer.tell({ x, y, selected: Object.keys(api.getAppState().selectedElementIds) });
        }}
      >
        <MainMenu>
          {canEdit && <MainMenu.DefaultItems.ClearCanvas />}
          <MainMenu.DefaultItems.Help />
        </MainMenu>
        <WelcomeScreen>
          <WelcomeScreen.Hints.ToolbarHint />
          <WelcomeScreen.Center>
            <WelcomeScreen.Center.Heading>
              <Trans>Draw here: everybody in the room sees it.</Trans>
            </WelcomeScreen.Center.Heading>
          </WelcomeScreen.Center>
        </WelcomeScreen>
      </Excalidraw>
    </div>
  );
}

/** Ctrl+K would put a link on a shape. */
function withoutLinks(event: KeyboardEvent): void {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") event.stopPropagation();
}

function useBinding(api: ExcalidrawImperativeAPI | null, document: RoomDocument, canEdit: boolean) {
  const { t } = useLingui();
  const binding = useRef<BoardBinding | null>(null);
  const [pointer] = useState(() => new OwnPointer(document.awareness));
  const refuse = useEffectEvent((why: BoardRefusal) => {
    const texts: Record<BoardRefusal, string> = {
      kind: t`Pictures and embedded pages cannot be put on the board. Shapes, lines and text can.`,
      large: t`That is too large for the board. Draw it in several parts.`,
      full: t`The board is full. Delete something that is not needed any more, then draw on.`,
    };
    toast.info(texts[why]);
  });
  const mayEdit = useEffectEvent(() => canEdit);
  useEffect(() => {
    if (!api) return undefined;
    const begin = () => new BoardBinding(document.board, sceneOf(api), mayEdit(), (why) => refuse(why));
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
  return { pointer };
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
