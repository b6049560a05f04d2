import type { Schemas } from "@/lib/api/client";

const AT = "2026-11-23T12:00:00Z";

export const ada: Schemas["UserView"] = {
  id: "u-ada",
  name: "Ada Lovelace",
  email: "ada@example.org",
  profileImage: null,
  guest: false,
  provider: null,
  clerkId: null,
  createdAt: AT,
  updatedAt: AT,
};

export const config: Schemas["ConfigView"] = {
  version: "0.1.0",
  signIn: { embedded: true, clerk: null, oidc: null },
  call: "mesh",
  recording: false,
  chat: "embedded",
  limits: { capacityMax: 4, chatTextMax: 4000, attachmentMax: 5_000_000, attachmentsMax: 4, sourceMax: 100_000, ownCasesMax: 3, ownCaseTextMax: 200, imageMax: 5_000_000, nameMax: 80, passwordMin: 8 },
};

export function session(changes: Partial<Schemas["SessionView"]> = {}): Schemas["SessionView"] {
  return {
    id: "s-1",
    problem: "Two Sum",
    problemSlug: "two-sum",
    difficulty: "easy",
    host: { id: ada.id, name: ada.name, profileImage: null },
    participant: null,
    participants: [],
    status: "active",
    visibility: "open",
    capacity: 2,
    callId: "session_1_abc",
    createdAt: AT,
    updatedAt: AT,
    endedAt: null,
    lobby: false,
    startedAt: AT,
    locked: false,
    timer: null,
    quietUntil: null,
    aiPolicy: "unset",
    aiNote: "",
    replayFor: "staff",
    waiting: [],
    toAdmit: [],
    ...changes,
  };
}

export const grace = { id: "u-grace", name: "Grace Hopper", profileImage: null, role: "candidate" as const };

/** What every message has besides its words, when nothing has happened to it. */
export const untouched: Pick<Schemas["MessageView"], "attachments" | "reactions" | "editedAt" | "deletedAt" | "rev"> = {
  attachments: [],
  reactions: [],
  editedAt: null,
  deletedAt: null,
  rev: 0,
};
