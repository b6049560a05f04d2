/** The keys of the room, as people write them on their machine. Where the handlers name their keys, these are the same. */
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

import { keyName } from "@/features/call/shortcuts";
import { onMac, TAB_KEYS } from "@/features/execution/editor-settings";

export interface HelpKey {
  /** Pressed together, or one after the other. */
  keys: string;
  what: MessageDescriptor;
}

export interface HelpGroup {
  title: MessageDescriptor;
  keys: readonly HelpKey[];
}

const withCommand = (key: string): string => (onMac ? `⌘${key}` : `Ctrl+${key}`);

export const HELP: readonly HelpGroup[] = [
  {
    title: msg`In the code`,
    keys: [
      { keys: withCommand("Enter"), what: msg`Run` },
      { keys: onMac ? "⌘⇧Enter" : "Ctrl+Shift+Enter", what: msg`Stop the run` },
      { keys: "Esc Tab", what: msg`Leave the editor (with Shift: backwards)` },
      { keys: TAB_KEYS, what: msg`Tab leaves the editor from now on, or indents again` },
      { keys: withCommand("Z"), what: msg`Take back what you did, never what others did` },
      { keys: onMac ? "⌘⇧Z" : "Ctrl+Y", what: msg`Do it again` },
      { keys: withCommand("F"), what: msg`Find` },
      { keys: withCommand("/"), what: msg`Make the line a comment, or code again` },
      { keys: onMac ? "⌃Space" : "Ctrl+Space", what: msg`Propose words` },
    ],
  },
  {
    title: msg`On the board`,
    keys: [
      { keys: "1 … 9", what: msg`Choose a tool; as on its button` },
      { keys: "V", what: msg`Select and move` },
      { keys: withCommand("Z"), what: msg`Take back what you did, never what others did` },
      { keys: "?", what: msg`The board’s own list of keys` },
    ],
  },
  {
    title: msg`In the call`,
    keys: [
      { keys: keyName("M"), what: msg`Microphone on or off` },
      { keys: keyName("V"), what: msg`Camera on or off` },
      { keys: keyName("S"), what: msg`Share your screen, or stop it` },
    ],
  },
  {
    title: msg`Everywhere`,
    keys: [
      { keys: "?", what: msg`This list, when you are not typing` },
      { keys: "← →", what: msg`From tab to tab, or move the line between two panes` },
      { keys: "Enter", what: msg`Send the message (with Shift: a new line)` },
      { keys: "Esc", what: msg`Close what has opened` },
    ],
  },
];
