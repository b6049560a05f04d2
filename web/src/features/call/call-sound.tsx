/** The voices of the others. Apart from their tiles: sound goes on while no tile is on screen. */

import { useEffect, useRef, useSyncExternalStore } from "react";

import type { CallStore } from "./call-store";

interface Props {
  store: CallStore;
  /** Id of the person: what their own other windows send would come out here as an echo. */
  me: string;
}

export function CallSound({ store, me }: Props) {
  const { call } = useSyncExternalStore(store.watch, () => store.snapshot);
  return call.tiles
    .filter(({ personId }) => personId !== me)
    .map((tile) => <Voice key={tile.key} store={store} stream={tile.streams.microphone} />);
}

function Voice({ store, stream }: { store: CallStore; stream: MediaStream }) {
  const element = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    const sound = element.current;
    if (!sound) return;
    sound.srcObject = stream;
    return store.addSound(sound);
  }, [store, stream]);
  // Live speech: there is no text of it to show.
  // eslint-disable-next-line jsx-a11y/media-has-caption
  return <audio ref={element} autoPlay data-testid="call-voice" />;
}
