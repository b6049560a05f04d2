/** Files of the chat that lie in the page itself instead of on a server: an exported session has nobody to ask. */
import { createContext } from "react";

import type { Attachment } from "./api";

export interface KeptFiles {
  /** Address of a picture, for an `img` only; null: it is not there. */
  picture: (attachment: Attachment) => string | null;
  has: (attachment: Attachment) => boolean;
  /** Gives the person the file. */
  save: (attachment: Attachment) => void;
}

/** Null: they are fetched from the server. */
export const KeptFilesContext = createContext<KeptFiles | null>(null);
