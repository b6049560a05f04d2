/** What STREAM_PLUGIN named when this was built (tooling/stream-plugin.ts). */
declare module "virtual:stream-plugin" {
  import type { StreamPlugin } from "@/providers/stream/plugin";

  const load: (() => Promise<{ default: StreamPlugin }>) | null;
  export default load;
}
