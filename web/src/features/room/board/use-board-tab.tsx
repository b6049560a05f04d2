import { Trans } from "@lingui/react/macro";
import { type ReactNode, useEffect, useState } from "react";

import { useDocStatus, useDocument } from "../doc/document-context";

interface BoardTab {
  /** It was opened once, and is kept since: what one did on it can be taken back. */
  opened: boolean;
  /** Somebody drew while the reader looked elsewhere. */
  badge: ReactNode;
}

/** What the room knows of the board without loading it. */
export function useBoardTab(shown: boolean): BoardTab {
  const { board } = useDocument();
  const { ready } = useDocStatus();
  const [opened, setOpened] = useState(shown);
  const [news, setNews] = useState(false);
  if (shown && !opened) setOpened(true);
  if (shown && news) setNews(false);
  useEffect(() => {
    // What comes with the document itself was there before.
    if (shown || !ready) return undefined;
    const drawn = () => setNews(true);
    board.observe(drawn);
    return () => board.unobserve(drawn);
  }, [board, shown, ready]);
  return { opened, badge: news && <NewOnBoard /> };
}

function NewOnBoard() {
  return (
    <span className="size-2 rounded-full bg-primary">
      <span className="sr-only">
        <Trans>something new</Trans>
      </span>
    </span>
  );
}
