/** Which ways to the outside a browser finds: addresses are gathered from one kind of server at a time. */

export interface Routes {
  stun: RTCIceServer[];
  /** Relays reached over UDP. */
  udp: RTCIceServer[];
  /** Relays reached over TCP or TLS. */
  tcp: RTCIceServer[];
}

/** `refused`: a relay answered and did not take our credentials. */
export type Gathered = "found" | "refused" | "nothing";

export type Connect = (configuration: RTCConfiguration) => RTCPeerConnection;

/** Chromium goes on asking a server that does not answer for nearly ten seconds; the first five tell enough. */
export const GATHER_MS = 6_000;
const UNAUTHENTICATED = 401;

const isTcp = (url: string): boolean => url.startsWith("turns:") || url.includes("transport=tcp");

export function routesOf(servers: readonly RTCIceServer[]): Routes {
  const only = (wanted: (url: string) => boolean): RTCIceServer[] =>
    servers
      .map((server) => ({ ...server, urls: [server.urls].flat().filter(wanted) }))
      .filter(({ urls }) => urls.length > 0);
  return {
    stun: only((url) => url.startsWith("stun")),
    udp: only((url) => url.startsWith("turn") && !isTcp(url)),
    tcp: only((url) => url.startsWith("turn") && isTcp(url)),
  };
}

/** Null: there are no such servers. */
export async function gather(
  servers: RTCIceServer[],
  wanted: "srflx" | "relay",
  connect: Connect,
  patience = GATHER_MS,
): Promise<Gathered | null> {
  if (servers.length === 0) return null;
  const connection = connect({ iceServers: servers, iceTransportPolicy: wanted === "relay" ? "relay" : "all" });
  try {
    return await new Promise<Gathered>((resolve) => {
      let refused = false;
      const end = () => resolve(refused ? "refused" : "nothing");
      setTimeout(end, patience);
      connection.onicecandidate = ({ candidate }) => {
        if (candidate?.type === wanted) resolve("found");
        else if (!candidate) end();
      };
      connection.onicecandidateerror = ({ errorCode }) => {
        refused ||= errorCode === UNAUTHENTICATED;
      };
      connection.createDataChannel("check");
      connection.setLocalDescription().catch(end);
    });
  } finally {
    connection.close();
  }
}
