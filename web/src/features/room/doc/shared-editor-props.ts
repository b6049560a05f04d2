import type { RoomDocument } from "./room-document";

/** What both editors of the room are given. */
export interface SharedEditorProps {
  document: RoomDocument;
  path: string;
  label: string;
  /** Not the role, but a lock keeps the reader from writing. */
  locked: boolean;
  monacoLanguage: string;
  /** Whose caret is kept in sight, in whatever file. */
  followed: string | null;
  /** They are in another file. */
  onGone: (path: string) => void;
  /** The reader took over: typed, clicked, scrolled by hand. */
  onTakeOver: () => void;
}
