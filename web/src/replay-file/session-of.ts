/** What the server wrote into the page: the beginning, pages of events, the end. */
import type { Session } from "@/features/sessions/api";
import type { LogEvent, ReplayData } from "@/features/replay/track";

export class BadFile extends Error {
  override name = "BadFile";
  constructor(readonly reason: "incomplete" | "unknown") {
    super(reason);
  }
}

interface Head {
  format: string;
  version: number;
  record: { session: Session };
}

/** Throws BadFile. */
export function sessionOf(page: ParentNode): ReplayData {
  const parts = [...page.querySelectorAll('script[type="application/json"].session')].map((element) => parsed(element.textContent));
  const [head, ...rest] = parts;
  const end = rest.pop() as { complete?: boolean } | undefined;
  if (!end?.complete) throw new BadFile("incomplete");
  const { format, version, record } = head as Head;
  if (format !== "interview-platform.session" || version !== 1) throw new BadFile("unknown");
  return { session: withoutImages(record.session), events: (rest as LogEvent[][]).flat() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadFile("incomplete");
  }
}

/** They lie on the server, and this page asks nobody for anything. */
function withoutImages(session: Session): Session {
  return {
    ...session,
    host: { ...session.host, profileImage: null },
    participants: session.participants.map((one) => ({ ...one, profileImage: null })),
  };
}
