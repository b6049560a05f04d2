/** Excalidraw on the room's document. Half a megabyte: only loaded by who opens the board. */
import "@excalidraw/excalidraw/index.css";
import "./board.css";

import { Excalidraw, MainMenu, WelcomeScreen } from "@excalidraw/excalidraw";
import type { ExcalidrawImperativeAPI } from "@excalidraw/excalidraw/types";
import { Trans } from "@lingui/react/macro";
import { type KeyboardEvent, type Ref, type SyntheticEvent, useEffect, useImperativeHandle, useState } from "react";

import { useTheme } from "@/lib/theme";

import type { RoomDocument } from "../doc/room-document";
import { type PictureKind, savePicture } from "./board-export";
import { useBinding, useRefusal } from "./use-binding";

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
  const pointer = useBinding(api, document, canEdit);
  const refuse = useRefusal();
  /** Excalidraw would call it an error, or take the file for another board. */
  const withoutFiles = (event: SyntheticEvent, { files }: DataTransfer) => {
    if (files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    refuse("kind");
  };
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
    // It only keeps from what is inside what would lead out of the document.
    <div
      className="board h-full"
      onKeyDownCapture={withoutLinks}
      onPaste={(event) => withoutFiles(event, event.clipboardData)}
      onDropCapture={(event) => withoutFiles(event, event.dataTransfer)}
    >
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
