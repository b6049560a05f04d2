/** Our own call as an engine: the room's events go to the mesh. */

import { Call } from "./call";
import type { CallEngine, EnginePort, RoomOfCall, ServerEvent } from "./engine";
import { IceServers } from "./ice-servers";
import { type Rung, rungFor } from "./ladder";

export class Mesh extends Call implements CallEngine {
  get rung(): Rung {
    return rungFor(this.state.peers.length);
  }

  begin({ me, peers }: RoomOfCall): void {
    this.connected(me.connectionId);
    this.setPeers(peers);
  }

  hear(event: ServerEvent): void {
    switch (event.type) {
      case "hello":
        this.connected(event.me.connectionId);
        this.setPeers(event.state.peers);
        this.setMembers(new Set(event.people.map(({ id }) => id)));
        break;
      case "call.state":
        this.setPeers(event.peers);
        break;
      case "call.signal":
        this.signal(event.sender, event.signal);
        break;
      case "presence":
        this.setMembers(new Set(event.people.map(({ id }) => id)));
        break;
      case "error":
        if (event.code === "call_full") this.refused();
        break;
      default:
    }
  }
}

export function makeMesh({ sessionId, send }: EnginePort, onChange: () => void): Mesh {
  const servers = new IceServers(sessionId);
  const iceServers = (fresh: boolean) => (fresh ? servers.fresh() : servers.get());
  return new Mesh({ send, iceServers, connect: (configuration) => new RTCPeerConnection(configuration) }, onChange);
}
