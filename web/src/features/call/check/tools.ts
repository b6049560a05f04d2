/** The real tools of a check: this browser, this server. */

import { openInputs, rememberedDevice } from "../devices";
import { meterOf, TALKING } from "../level";
import { playTestSound } from "../speaker-test";

import type { Tools } from "./checkup";
import { gather } from "./ice";
import { abilities } from "./judge-browser";
import { loopThrough } from "./relay-loop";
import { offerFor, sampleSpeed, serverMs, socketMs } from "./server-probes";

/** No divisor of half a second: that is how often the microphones of test browsers beep. */
const EVERY_MS = 70;

const connect = (configuration: RTCConfiguration): RTCPeerConnection => new RTCPeerConnection(configuration);

function listen(track: MediaStreamTrack, onHeard: () => void): () => void {
  const meter = meterOf(track);
  const stop = () => {
    clearInterval(timer);
    meter.stop();
  };
  const timer = setInterval(() => {
    if (meter.read() < TALKING) return;
    stop();
    onHeard();
  }, EVERY_MS);
  return stop;
}

/** `invite`: the token that somebody came with who is not signed in. */
export const toolsFor = (invite: string | null): Tools => ({
  abilities,
  openInputs,
  listen,
  playTone: () => playTestSound(rememberedDevice("speaker")),
  serverMs,
  socketMs,
  offer: () => offerFor(invite),
  gather: (servers, wanted) => gather(servers, wanted, connect),
  loop: (servers) => loopThrough(servers, connect),
  sample: sampleSpeed,
});
