// Who may import whom, checked by ESLint: `app > providers > features > ui, lib`, ui may use lib.
// `replay-file`, a page of its own, stands where app does.
// A feature may import an earlier one of ORDER, and only what PUBLIC names (`api` and `model` are always public).
import path from "node:path";

export const ORDER = ["accounts", "problems", "integrity", "sessions", "execution", "chat", "call", "insights", "replay", "room"];

/** @type {Record<string, string[]>} */
export const PUBLIC = {
  accounts: ["use-me", "require-sign-in", "next", "user-menu"],
  problems: ["problem-statement", "difficulty-badge", "use-difficulty-name"],
  sessions: ["create-session-dialog", "problem-select", "session-list", "session-row", "join-button", "invite-dialog"],
  execution: [
    "solo-workbench",
    "run-panel",
    "run-events",
    "use-run-input",
    "cases/model",
    "run-result",
    "run-shortcut",
    "verdict",
    "language-picker",
    "editor-settings-button",
    "editor-settings",
    "kept-settings",
    "editor",
    "editor-kind",
    // Both are Monaco's chunk: only what is loaded lazily itself may import them.
    "code-editor",
    // And these the light one's.
    "light/light-code-editor",
    "light/light-editor",
    "light/history",
    "monaco",
  ],
  chat: ["chat-panel", "message-list", "kept-files", "use-delivery", "use-unread", "plugin"],
  call: ["lobby", "media-choice", "call-provider", "call-panel", "call-plug", "use-call", "engine", "plugin", "shortcuts"],
  integrity: ["disclosure", "activity-list", "activity-panel", "policy-fields", "use-activity", "groups"],
  insights: [],
  replay: ["export-menu", "session-replay", "replay-view", "load", "track"],
  room: [],
};

const ALWAYS_PUBLIC = ["api", "model"];
// Chat and call speak over the room's events socket: this one file of room comes before every feature. And the device
// check of the call stands at the door of a session. What pads look like in a document is the same in a replay.
const BEFORE_ALL = ["room/events/room-context", "room/doc/shared-pads", "call/lobby", "call/media-choice", "room/testing/fake-socket", "call/testing/fake-devices", "call/testing/fake-connection"];
const SRC = path.resolve(import.meta.dirname, "../src");

/** @param {string} file */
function place(file) {
  const [layer = "", name = "", ...rest] = path.relative(SRC, file).split(path.sep);
  return { layer, feature: layer === "features" ? name : "", inside: rest.join("/").replace(/\.tsx?$/, "") };
}

/**
 * Why `importer` may not import `target` (absolute paths below src), or null.
 * @param {string} importer
 * @param {string} target
 * @returns {string | null}
 */
export function refusal(importer, target) {
  const from = place(importer);
  const to = place(target);
  const styles = from.layer === "replay-file" && target.endsWith(".css");
  if (to.layer === "app" && from.layer !== "app" && !styles) return "only app may import app";
  if (from.layer === "lib" && to.layer !== "lib") return "lib imports nothing above it";
  if (to.layer === "providers" && !["app", "providers"].includes(from.layer)) return "only app may import providers";
  if (from.layer === "ui" && to.layer === "features") return "ui knows nothing of features";
  if (to.layer !== "features" || from.feature === to.feature) return null;
  if (!ORDER.includes(to.feature)) return `unknown feature ${to.feature}: add it to ORDER in tooling/walls.js`;
  if (BEFORE_ALL.includes(`${to.feature}/${to.inside}`)) return null;
  const isPublic = [...ALWAYS_PUBLIC, ...(PUBLIC[to.feature] ?? [])].includes(to.inside);
  if (["app", "providers", "replay-file"].includes(from.layer)) {
    return isPublic || to.inside.endsWith("-page") ? null : `${to.feature}/${to.inside} is not public (tooling/walls.js)`;
  }
  if (ORDER.indexOf(to.feature) > ORDER.indexOf(from.feature)) return `${from.feature} comes before ${to.feature}`;
  return isPublic ? null : `${to.feature}/${to.inside} is not public (tooling/walls.js)`;
}

/** @type {import("eslint").Rule.RuleModule} */
export const walls = {
  meta: { type: "problem", schema: [], messages: { wall: "Import refused: {{why}}." } },
  create(context) {
    /** @param {import("estree").Node | null | undefined} source */
    const check = (source) => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const target = source.value.startsWith("@/")
        ? path.join(SRC, source.value.slice(2))
        : source.value.startsWith(".")
          ? path.resolve(path.dirname(context.filename), source.value)
          : null;
      const why = target?.startsWith(SRC) ? refusal(context.filename, target) : null;
      if (why) context.report({ node: source, messageId: "wall", data: { why } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};
