import { useSyncExternalStore } from "react";

import { keepsRooms, watchKeepsRooms } from "./kept-rooms";

/** Whether this browser keeps a copy of the rooms one is in. */
export const useKeepsRooms = (): boolean => useSyncExternalStore(watchKeepsRooms, keepsRooms);
