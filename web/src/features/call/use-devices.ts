import { useEffect, useState } from "react";

import { type Devices, listDevices, mediaDevices, NO_DEVICES } from "./devices";

/**
 * The devices there are, kept true when something is plugged in or out. `opened`: changes when a device was opened,
 * because only then browsers tell the names.
 */
export function useDevices(opened: unknown): Devices {
  const [devices, setDevices] = useState(NO_DEVICES);
  useEffect(() => {
    let current = true;
    const look = () =>
      void listDevices().then(
        (found) => current && setDevices(found),
        () => undefined, // a browser that does not tell: nothing to choose from
      );
    look();
    const source = mediaDevices();
    source?.addEventListener("devicechange", look);
    return () => {
      current = false;
      source?.removeEventListener("devicechange", look);
    };
  }, [opened]);
  return devices;
}
