/** An entry of the log as it comes from the server, or out of a file. */
import type { Schemas } from "@/lib/api/client";

export type LogEvent = Schemas["LogEventView"];

/** What an entry holds; of a document's update nothing. */
export const fields = (data: LogEvent["data"]): Record<string, unknown> => (typeof data === "object" && data !== null ? data : {});
