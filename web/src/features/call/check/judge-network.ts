/** From what was measured on the network to what it means for a call. */

import { i18n } from "@lingui/core";
import { msg, t } from "@lingui/core/macro";

import { runTime } from "@/lib/format";

import type { Gathered } from "./ice";
import type { Finding } from "./model";

/** What this server offers to test against. */
export type Offer =
  | { kind: "mesh"; servers: RTCIceServer[] }
  /** Calls go through somebody else's service, with ways of its own. */
  | { kind: "provider" }
  /** Not signed in, and no invite: credentials of a relay are not for everybody. */
  | { kind: "stranger" }
  | { kind: "refused"; message: string };

export interface Speed {
  /** Through the relay and back, or from the server. */
  by: "relay" | "server";
  mbits: number;
  /** Round trip. */
  ms: number;
}

/** What became of each way; null: the server does not offer it. */
export interface Ways {
  stun: Gathered | null;
  udp: Gathered | null;
  tcp: Gathered | null;
  /** Whether data came back through the relay; null: not tried. */
  carried: boolean | null;
}

export const NO_WAYS: Ways = { stun: null, udp: null, tcp: null, carried: null };

/** Milliseconds from which typing feels late. */
const SLOW_MS = 400;
/** Two people in a call send 0.9 Mbit/s of picture each (ladder.ts), and the room's own traffic comes on top. */
const ENOUGH_MBITS = 1.5;
/** Four people's smallest pictures, or sound with room to spare. */
const LITTLE_MBITS = 0.4;

const milliseconds = (ms: number): string => runTime(Math.max(1, ms));

function mbits(value: number): string {
  const number = new Intl.NumberFormat(i18n.locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  return t`${number} Mbit/s`;
}

/** Null: no answer. */
export function judgeServer(ms: number | null): Finding {
  if (ms === null) {
    return { state: "failed", says: msg`The server does not answer. Check your internet connection, then test again.` };
  }
  const measured = milliseconds(ms);
  return ms > SLOW_MS
    ? { state: "warning", measured, says: msg`The server answers late: what others type will lag. Try a cable instead of Wi-Fi, or another network.` }
    : { state: "ok", measured, says: msg`The server answers quickly.` };
}

export function judgeSocket(ms: number | null): Finding {
  if (ms === null) {
    return {
      state: "failed",
      says: msg`WebSockets do not get through, and the room needs them. Switch VPN, proxy and browser extensions off, or try another network.`,
    };
  }
  return { state: "ok", measured: milliseconds(ms), says: msg`What others type and run reaches you at once.` };
}

/** An answer that refuses has come through, too. */
const reached = (way: Gathered | null): boolean => way === "found" || way === "refused";

export function judgeUdp({ stun, udp, tcp }: Ways): Finding {
  if (!stun && !udp) return { state: "skipped", says: msg`This server names nothing to test UDP against. In most networks it works.` };
  if (reached(stun) || reached(udp)) return { state: "ok", says: msg`Picture and sound can take the quickest way.` };
  if (reached(tcp)) return { state: "warning", says: msg`Your network blocks UDP. The call goes over TCP instead: it works, with a little more delay.` };
  if (!udp) {
    return {
      state: "warning",
      says: msg`No answer over UDP: your network may block it, and then a call may not connect. Try another network, or switch the VPN off.`,
    };
  }
  return {
    state: "failed",
    says: msg`Nothing answers over UDP: your network blocks it, or the relay is away. Try another network, e.g. your phone's, or switch the VPN off.`,
  };
}

export function judgeTcp({ udp, stun, tcp }: Ways): Finding {
  if (!tcp) return { state: "skipped", says: msg`This server offers no relay over TCP. It is needed only where UDP is blocked.` };
  if (reached(tcp)) return { state: "ok", says: msg`Where UDP is blocked, the call can go over TCP.` };
  return reached(udp) || reached(stun)
    ? { state: "warning", says: msg`The relay does not answer over TCP. That is no trouble while UDP works.` }
    : { state: "failed", says: msg`The relay does not answer over TCP either. Try another network, or ask the administrator to allow it.` };
}

export function judgeRelay({ udp, tcp, carried }: Ways): Finding {
  if (!udp && !tcp) {
    return {
      state: "warning",
      says: msg`This server has no relay. Behind a strict firewall the call may not connect: then ask the host to set one up (TURN).`,
    };
  }
  if (udp === "found" || tcp === "found") {
    return carried === false
      ? { state: "warning", says: msg`The relay answers, but carried nothing in this test. If the call does not connect, tell the host.` }
      : { state: "ok", says: msg`Where browsers cannot reach each other directly, the relay carries the call.` };
  }
  if (udp === "refused" || tcp === "refused") {
    return { state: "failed", says: msg`The relay refuses this server's credentials. Tell the host: TURN_SECRET and the clock of the relay need a look.` };
  }
  return { state: "failed", says: msg`The relay does not answer. If it is the same in another network, tell the host.` };
}

/** For UDP, TCP and the relay alike, when there was nothing to test them with. Null: there is. */
export function untested(offer: Offer): Finding | null {
  switch (offer.kind) {
    case "mesh":
      return null;
    case "provider":
      return { state: "skipped", says: msg`Calls go through a service of their own here, which finds its way by itself.` };
    case "stranger":
      return { state: "skipped", says: msg`Sign in, or come from your invite, to test this.` };
    case "refused":
      return { state: "skipped", says: msg`This could not be tested: ${offer.message}` };
  }
}

export function judgeSpeed(speed: Speed | null): Finding {
  if (!speed) return { state: "warning", says: msg`The speed could not be measured. Test again in a minute.` };
  const measured = `${mbits(speed.mbits)} · ${milliseconds(speed.ms)}`;
  const relay = speed.by === "relay";
  if (speed.mbits >= ENOUGH_MBITS) {
    return {
      state: "ok",
      measured,
      says: relay ? msg`Enough for picture and sound. Measured through the relay and back.` : msg`Enough for picture and sound. Measured from this server to you.`,
    };
  }
  if (speed.mbits >= LITTLE_MBITS) {
    return {
      state: "warning",
      measured,
      says: relay
        ? msg`A slow line: pictures will be small. If sound breaks up, switch the camera off. Measured through the relay and back.`
        : msg`A slow line: pictures will be small. If sound breaks up, switch the camera off. Measured from this server to you.`,
    };
  }
  return {
    state: "warning",
    measured,
    says: msg`Too slow for pictures. Take part with sound only, come closer to the Wi-Fi, or try another network.`,
  };
}
