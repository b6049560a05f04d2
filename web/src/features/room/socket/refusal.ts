/** Why the room does not let this browser in, or no longer does. Final: nothing reconnects by itself after it. */
export interface Refusal {
  code:
    | "unauthenticated"
    | "forbidden"
    /** Was in the room and is no longer: taken out by the host, or left in another window. */
    | "removed"
    | "not_found"
    | "ended"
    | "too_large"
    | "bad_frame"
    | "read_only";
}
