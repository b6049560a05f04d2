import path from "node:path";

import { expect, test } from "vitest";

import { refusal } from "./walls.js";

const src = (file: string) => path.resolve(import.meta.dirname, "../src", file);

test.each([
  ["app/router.tsx", "features/room/session-page"],
  ["app/router.tsx", "ui/button"],
  ["features/room/session-page.tsx", "features/problems/problem-statement"],
  ["features/room/session-page.tsx", "features/room/use-document"],
  ["features/execution/api.ts", "lib/api/client"],
  ["features/chat/chat-panel.tsx", "features/room/events/room-context"],
  ["ui/button.tsx", "lib/format"],
  ["app/app.tsx", "providers/clerk/clerk-bridge"],
  ["providers/clerk/clerk-bridge.tsx", "lib/external-session"],
  ["app/router.tsx", "providers/livekit/engine"],
  ["providers/livekit/engine.ts", "features/call/engine"],
  ["app/plugins.tsx", "providers/stream/load"],
  ["providers/stream/plugin.ts", "features/call/plugin"],
  ["replay-file/main.tsx", "app/app.css"],
  ["replay-file/main.tsx", "features/replay/replay-view"],
])("%s may import %s", (from, to) => {
  expect(refusal(src(from), src(to))).toBeNull();
});

test.each([
  ["features/problems/problems-page.tsx", "features/execution/solo-workbench", /problems comes before execution/],
  ["features/room/session-page.tsx", "features/chat/message-row", /not public/],
  ["app/router.tsx", "features/chat/message-row", /not public/],
  ["features/chat/api.ts", "app/router", /only app/],
  ["ui/button.tsx", "features/chat/api", /ui knows nothing/],
  ["features/accounts/sign-in-page.tsx", "providers/clerk/clerk-bridge", /only app may import providers/],
  ["lib/format.ts", "ui/button", /lib imports nothing/],
  ["app/router.tsx", "features/surprise/api", /unknown feature/],
  ["features/call/call-provider.tsx", "providers/livekit/engine", /only app may import providers/],
  ["providers/livekit/engine.ts", "features/call/call-store", /not public/],
  ["features/call/call-panel.tsx", "providers/stream/load", /only app/],
  ["providers/stream/load.ts", "features/call/call", /not public/],
  ["replay-file/main.tsx", "app/app", /only app/],
  ["replay-file/main.tsx", "features/replay/player", /not public/],
  ["features/chat/chat-panel.tsx", "app/app", /only app/],
])("%s may not import %s", (from, to, why) => {
  expect(refusal(src(from), src(to))).toMatch(why);
});
