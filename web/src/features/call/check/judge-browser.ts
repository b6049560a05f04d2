/** What this browser can do, before anything is asked of it. */

import { msg } from "@lingui/core/macro";

import { canShareScreen } from "../devices";

import type { BROWSER, Finding } from "./model";

export interface Abilities {
  secure: boolean;
  webrtc: boolean;
  screen: boolean;
  clipboard: boolean;
}

export const abilities = (): Abilities => ({
  secure: window.isSecureContext,
  webrtc: typeof RTCPeerConnection === "function",
  screen: canShareScreen(),
  clipboard: "clipboard" in navigator,
});

export function judgeBrowser({ secure, webrtc, screen, clipboard }: Abilities): Record<(typeof BROWSER)[number], Finding> {
  return {
    secure: secure
      ? { state: "ok", says: msg`The browser may give camera and microphone here.` }
      : { state: "failed", says: msg`Browsers give camera and microphone to https addresses only. Ask the host for one.` },
    webrtc: webrtc
      ? { state: "ok", says: msg`This browser can make calls.` }
      : { state: "failed", says: msg`This browser makes no calls (WebRTC is off or missing). Take a current Firefox, Chrome, Edge or Safari.` },
    screen: screen
      ? { state: "ok", says: msg`You can show your screen.` }
      : { state: "warning", says: msg`This browser cannot share a screen; on phones none can. Everything else works.` },
    clipboard: clipboard
      ? { state: "ok", says: msg`Buttons of the page can copy for you.` }
      : { state: "warning", says: msg`Copying by button may not work here. Select and copy by hand instead.` },
  };
}
