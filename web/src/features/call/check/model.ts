/** What is checked before a call, how a check can end, and what all of them together mean for the person. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

export const DEVICES = ["camera", "microphone", "speakers"] as const;
export const NETWORK = ["server", "socket", "udp", "tcp", "relay", "speed"] as const;
export const BROWSER = ["secure", "webrtc", "screen", "clipboard"] as const;
export const CHECKS = [...DEVICES, ...NETWORK, ...BROWSER] as const;

export type CheckId = (typeof CHECKS)[number];

/** `skipped`: there was nothing to test it against. */
export type CheckState = "waiting" | "running" | "ok" | "warning" | "failed" | "skipped";

export interface Finding {
  state: CheckState;
  /** What it means, and what to do about it. */
  says: MessageDescriptor;
  /** E.g. "23 ms". */
  measured?: string;
}

export type Findings = Record<CheckId, Finding>;

export const NAMES: Record<CheckId, MessageDescriptor> = {
  camera: msg`Camera`,
  microphone: msg`Microphone`,
  speakers: msg`Speakers`,
  server: msg`Server`,
  socket: msg`Live connection`,
  udp: msg`Fast path (UDP)`,
  tcp: msg`Fallback path (TCP)`,
  relay: msg`Relay`,
  speed: msg`Speed`,
  secure: msg`Secure address`,
  webrtc: msg`Calls`,
  screen: msg`Sharing a screen`,
  clipboard: msg`Copy and paste`,
};

export const STATES: Record<CheckState, MessageDescriptor> = {
  waiting: msg`Not tested yet`,
  running: msg`Being tested`,
  ok: msg`Works`,
  warning: msg`Take note`,
  failed: msg`Does not work`,
  skipped: msg`Not tested`,
};

/** What each check will tell, before it has. */
export const PURPOSES: Record<CheckId, MessageDescriptor> = {
  camera: msg`Whether the others can see you.`,
  microphone: msg`Whether the others can hear you.`,
  speakers: msg`Whether you can hear the others.`,
  server: msg`Whether this server answers, and how fast.`,
  socket: msg`Whether what others type and run reaches you at once.`,
  udp: msg`Whether picture and sound can take the quickest way.`,
  tcp: msg`Whether there is another way where UDP is blocked.`,
  relay: msg`Whether a call connects through strict firewalls.`,
  speed: msg`Whether the line carries picture and sound.`,
  secure: msg`Whether the browser may give camera and microphone.`,
  webrtc: msg`Whether this browser can make calls.`,
  screen: msg`Whether you can show your screen.`,
  clipboard: msg`Whether the page may copy for you.`,
};

export const NOTHING_YET: Findings = Object.fromEntries(
  CHECKS.map((id): [CheckId, Finding] => [id, { state: "waiting", says: PURPOSES[id] }]),
) as Findings;

export interface Summary {
  tone: CheckState;
  title: MessageDescriptor;
  text: MessageDescriptor;
}

export type Phase = "before" | "running" | "done";

export function summaryOf(findings: Findings, phase: Phase): Summary {
  const failed = (id: CheckId) => findings[id].state === "failed";
  if (phase === "before") {
    return {
      tone: "waiting",
      title: msg`Half a minute, and you know`,
      text: msg`The browser will ask for camera and microphone. Nothing is recorded, and nobody sees you.`,
    };
  }
  if (phase === "running") {
    return { tone: "running", title: msg`Testing…`, text: msg`Answer the browser's questions, and say something.` };
  }
  return wayInSummary(failed) ?? devicesSummary(failed("camera"), failed("microphone")) ?? remarksSummary(findings);
}

type Failed = (id: CheckId) => boolean;

/** What keeps somebody out of the room, or out of its call. */
function wayInSummary(failed: Failed): Summary | null {
  if (failed("server") || failed("socket")) {
    return {
      tone: "failed",
      title: msg`You cannot take part yet`,
      text: msg`The server cannot be reached in the way a room needs. See below what to do.`,
    };
  }
  if (failed("webrtc")) {
    return {
      tone: "failed",
      title: msg`You can take part, but not in the call`,
      text: msg`The editor and the chat will work; this browser makes no calls. See below what to do.`,
    };
  }
  if (failed("udp") || failed("relay")) {
    return {
      tone: "warning",
      title: msg`You can take part, but the call may not connect`,
      text: msg`The editor and the chat will work in any case. See below what to do about the call.`,
    };
  }
  return null;
}

function devicesSummary(noCamera: boolean, noMicrophone: boolean): Summary | null {
  if (noCamera && noMicrophone) {
    return {
      tone: "warning",
      title: msg`You can take part without camera and microphone`,
      text: msg`You will see and hear the others, and answer in the chat. See below how to switch yours on.`,
    };
  }
  if (noCamera) {
    return {
      tone: "warning",
      title: msg`You can take part without camera`,
      text: msg`The others will hear you. See below how to switch the camera on.`,
    };
  }
  if (noMicrophone) {
    return {
      tone: "warning",
      title: msg`You can take part, but nobody hears you`,
      text: msg`The others will see you; answer in the chat. See below how to switch the microphone on.`,
    };
  }
  return null;
}

function remarksSummary(findings: Findings): Summary {
  const noted = CHECKS.filter((id) => findings[id].state === "warning" || findings[id].state === "failed").length;
  const title = msg`You are ready`;
  if (noted > 0) return { tone: "ok", title, text: msg`Everything needed works. What is worth knowing is marked below.` };
  if (findings.relay.state === "skipped") return { tone: "ok", title, text: msg`Everything that was tested works. Below it says why the rest was not.` };
  if (findings.speakers.state !== "ok") return { tone: "ok", title, text: msg`Everything works so far. Play the test tone to try the speakers, too.` };
  return { tone: "ok", title, text: msg`Everything works.` };
}
