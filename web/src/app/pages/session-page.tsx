/** `/session/:id` with the providers' engines that this build has for its call; each is fetched when it is in force. */

import { type Engines, EnginesContext } from "@/features/call/engine";
import SessionPage from "@/features/room/session-page";

const engines: Engines = {
  livekit: async () => (await import("@/providers/livekit/engine")).makeLiveKit,
};

export default function SessionPageWithEngines() {
  return (
    <EnginesContext value={engines}>
      <SessionPage />
    </EnginesContext>
  );
}
