/** The server's side of calls in memory: keeps who is in, and carries signals one turn of the event loop late. */

import { Call } from "../call";
import type { CallFrame, PeerInfo } from "../wire";
import { FakeConnection } from "./fake-connection";

export interface Member {
  call: Call;
  personId: string;
  connectionId: string;
  frames: CallFrame[];
  connections: FakeConnection[];
  changes: number;
}

export class FakeRoom {
  peers: PeerInfo[] = [];
  /** Answer of GET /call; throw to refuse. */
  iceServers: () => Promise<RTCIceServer[]> = () => Promise.resolve([]);
  private readonly members: Member[] = [];
  private serial = 0;

  /** Somebody opens the room; not yet in the call. */
  enter(personId: string): Member {
    const member: Member = {
      personId,
      connectionId: "",
      frames: [],
      connections: [],
      changes: 0,
      call: new Call(
        {
          send: (frame) => this.hear(member, frame),
          iceServers: () => this.iceServers(),
          connect: (configuration) => {
            const connection = new FakeConnection(configuration);
            member.connections.push(connection);
            return connection as unknown as RTCPeerConnection;
          },
        },
        () => (member.changes += 1),
      ),
    };
    this.members.push(member);
    this.connect(member);
    return member;
  }

  /** The events socket opens (again), under a new name. */
  connect(member: Member): void {
    member.connectionId = `${member.personId}-${(this.serial += 1)}`;
    member.call.connected(member.connectionId);
    member.call.setPeers(this.peers);
  }

  /** The events socket breaks; media between the browsers goes on. */
  cut(member: Member): void {
    this.peers = this.peers.filter((peer) => peer.connectionId !== member.connectionId);
    member.connectionId = "";
    this.tell();
  }

  /** The network breaks without a word: the server goes on believing in the dead connection. */
  lose(member: Member): void {
    member.connectionId = "";
  }

  /** The server is killed and starts anew: every socket is gone, and it knows of nobody. */
  restart(): void {
    this.peers = [];
    for (const member of this.members) member.connectionId = "";
  }

  tell(): void {
    const peers = this.peers;
    for (const { call, connectionId } of this.members) if (connectionId) setTimeout(() => call.setPeers(peers), 0);
  }

  private hear(member: Member, frame: CallFrame): void {
    if (!member.connectionId) return; // sent into a dead socket
    member.frames.push(frame);
    const { connectionId, personId } = member;
    switch (frame.type) {
      case "call.join": {
        const { audio, video, screen = false, replaces } = frame;
        const others = this.peers.filter((peer) => peer.connectionId !== replaces);
        this.peers = [...others, { connectionId, personId, name: personId, audio, video, screen }];
        this.tell();
        break;
      }
      case "call.media":
        this.peers = this.peers.map((peer) => {
          const { audio, video, screen } = frame;
          return peer.connectionId === connectionId ? { ...peer, audio, video, screen } : peer;
        });
        this.tell();
        break;
      case "call.leave":
        this.peers = this.peers.filter((peer) => peer.connectionId !== connectionId);
        this.tell();
        break;
      case "call.signal": {
        const { to, signal } = frame;
        const receiver = this.members.find((other) => other.connectionId === to);
        setTimeout(() => receiver?.call.signal(connectionId, signal), 0);
      }
    }
  }
}
