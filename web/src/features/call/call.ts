/**
 * The whole call as this browser sees it: a mesh of up to four, one `Peer` to every other browser.
 *
 * The server's `call.state` is the truth about who takes part. When somebody's events socket drops and comes back they
 * are a new peer with a new connection id; their picture, which never went through the server, is kept on screen until
 * the new connection carries it. So a restart of the server goes unseen.
 */

import { type CallState, OUT, type Tile } from "./engine";
import { rungFor } from "./ladder";
import { NO_TRACKS, type Tracks } from "./lines";
import { Peer } from "./peer";
import { type CallFrame, type Media, type PeerInfo, sameMedia, type Signal } from "./wire";

export interface CallPort {
  send: (frame: CallFrame) => void;
  /** The ones known, or newly asked for. */
  iceServers: (fresh: boolean) => Promise<RTCIceServer[]>;
  connect: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/** The mesh always knows who takes part: the server says. */
export type MeshState = CallState & { peers: readonly PeerInfo[] };

interface Link {
  info: PeerInfo;
  peer: Peer;
  /** The connection before this one: shown until this one is up. */
  before: Peer | null;
  generation: string;
  timer?: ReturnType<typeof setTimeout>;
}

/** Longest pause between two tries of the events socket plus a margin: who is not back by then is gone. */
export const GRACE_MS = 15_000;
/** Signals that may come before the state that names their sender. */
const EARLY_MAX = 200;

export class Call {
  state: MeshState = { ...OUT, peers: [] };

  private connectionId: string | null = null;
  /** The connections before it. After a cut network the server may hold a dead one for a while: that is not somebody else. */
  private readonly former = new Set<string>();
  /** The one of them that is still listed. */
  private ghost: string | null = null;
  private links = new Map<string, Link>();
  /** Not in the call any more, but still sending: their events socket may just be away. */
  private fading: Link[] = [];
  private early: { sender: string; signal: Signal }[] = [];
  private servers: RTCIceServer[] = [];
  private tracks: Tracks = NO_TRACKS;
  private media: Media = { audio: false, video: false, screen: false };
  private wanted = false;
  /** The connection under which the server listed us last. */
  private listedAs: string | null = null;
  private closed = false;

  constructor(
    private readonly port: CallPort,
    private readonly onChange: () => void,
  ) {}

  /** The events socket is (again) open under this name. Enters the call anew if we were in it. */
  connected(connectionId: string): void {
    if (this.connectionId === connectionId) return;
    if (this.connectionId !== null) this.former.add(this.connectionId);
    this.connectionId = connectionId;
    this.early = [];
    if (this.wanted) void this.enter();
  }

  async join(): Promise<void> {
    if (this.wanted && (this.state.phase === "in" || this.state.phase === "joining")) return;
    this.wanted = true;
    await this.enter();
  }

  leave(): void {
    if (this.wanted) this.port.send({ type: "call.leave" });
    this.out("out");
  }

  /** The server has no place for us. */
  refused(): void {
    if (this.state.phase === "joining") this.out("full");
  }

  /** The room is being left, or the page goes away. */
  close(): void {
    this.leave();
    this.closed = true;
  }

  /** What we send from now on; tells the others what is on. */
  setLocal(tracks: Tracks, media: Media): void {
    this.tracks = tracks;
    for (const { peer } of this.links.values()) peer.setTracks(tracks);
    if (sameMedia(media, this.media)) return;
    this.media = { audio: media.audio, video: media.video, screen: media.screen };
    if (this.listed) this.tellMedia();
  }

  /** `call.state`, or the state that `hello` brings. */
  setPeers(listed: readonly PeerInfo[]): void {
    const peers = listed.filter((peer) => !this.former.has(peer.connectionId));
    this.ghost = listed.find((peer) => this.former.has(peer.connectionId))?.connectionId ?? null;
    const me = peers.findIndex((peer) => peer.connectionId === this.connectionId);
    const own = peers[me];
    this.state = { ...this.state, peers };
    if (this.wanted && own) {
      const changedMeanwhile = !this.listed && !sameMedia(own, this.media);
      this.listedAs = this.connectionId;
      if (changedMeanwhile) this.tellMedia();
      this.reconcile(peers, me);
      this.update("in");
    } else if (this.wanted && this.listed) {
      this.out("out"); // another window of ours took the place
    } else {
      this.update();
    }
  }

  /** Who is in the session: nobody else stays on screen, however their connection ended. */
  setMembers(personIds: ReadonlySet<string>): void {
    const gone = this.fading.filter(({ info }) => !personIds.has(info.personId));
    for (const link of gone) this.drop(link);
    if (gone.length > 0) this.update();
  }

  signal(sender: string, signal: Signal): void {
    const link = this.links.get(sender);
    if (link?.generation !== undefined && link.generation === this.connectionId) void link.peer.receive(signal);
    else if (this.wanted && this.early.length < EARLY_MAX) this.early.push({ sender, signal });
  }

  /** Try a lost connection again, now. */
  retry(key?: string): void {
    for (const tile of this.state.tiles) {
      if (key === undefined ? tile.link !== "connected" : tile.key === key) {
        this.links.get(tile.connectionId)?.peer.retry();
      }
    }
  }

  peer(connectionId: string): Peer | undefined {
    return this.links.get(connectionId)?.peer;
  }

  /** The server has us in the call under the present connection. */
  private get listed(): boolean {
    return this.listedAs !== null && this.listedAs === this.connectionId;
  }

  private tellMedia(): void {
    this.port.send({ type: "call.media", ...this.media });
  }

  private async enter(): Promise<void> {
    const connectionId = this.connectionId;
    this.update(this.links.size > 0 ? this.state.phase : "joining");
    try {
      this.servers = await this.port.iceServers(false);
    } catch {
      if (this.wanted && this.servers.length === 0) this.update("stuck");
      if (this.state.phase === "stuck") return;
    }
    if (!this.wanted || !connectionId || connectionId !== this.connectionId) return;
    this.port.send({ type: "call.join", ...this.media, ...(this.ghost !== null && { replaces: this.ghost }) });
  }

  private reconcile(peers: readonly PeerInfo[], me: number): void {
    const generation = this.connectionId ?? "";
    const others = peers.filter((_, index) => index !== me);
    const present = new Set(others.map((info) => info.connectionId));
    for (const [id, link] of this.links) {
      if (present.has(id) && link.generation === generation) continue;
      this.links.delete(id);
      this.fade(link);
    }
    peers.forEach((info, index) => {
      if (index === me) return;
      const link = this.links.get(info.connectionId);
      if (link) link.info = info;
      else this.connectTo(info, me > index, generation);
    });
    this.fitPeople(peers.length);
  }

  private connectTo(info: PeerInfo, polite: boolean, generation: string): void {
    const before = this.takeFading(info.personId);
    const peer = new Peer({
      polite,
      iceServers: this.servers,
      connect: this.port.connect,
      send: (signal) => this.port.send({ type: "call.signal", to: info.connectionId, signal }),
      freshIceServers: async () => (this.servers = await this.port.iceServers(true)),
      onChange: () => this.peerChanged(peer),
    });
    this.links.set(info.connectionId, { info, peer, before, generation });
    peer.setTracks(this.tracks);
    const mine = this.early.filter(({ sender }) => sender === info.connectionId);
    this.early = this.early.filter(({ sender }) => sender !== info.connectionId);
    for (const { signal } of mine) void peer.receive(signal);
  }

  private fitPeople(people: number): void {
    const { limits } = rungFor(people);
    for (const { peer } of this.links.values()) peer.setLimits(limits);
  }

  private fade(link: Link): void {
    if (!stillSending(link)) {
      this.drop(link);
      return;
    }
    this.fading.push(link);
    link.timer = setTimeout(() => {
      this.drop(link);
      this.update();
    }, GRACE_MS);
  }

  private takeFading(personId: string): Peer | null {
    const link = this.fading.find(({ info }) => info.personId === personId);
    if (!link) return null;
    clearTimeout(link.timer);
    this.fading = this.fading.filter((other) => other !== link);
    if (link.peer.state === "connected") {
      link.before?.close();
      return link.peer;
    }
    link.peer.close();
    return link.before;
  }

  private drop(link: Link): void {
    clearTimeout(link.timer);
    this.fading = this.fading.filter((other) => other !== link);
    link.peer.close();
    link.before?.close();
  }

  private peerChanged(peer: Peer): void {
    if (this.closed) return;
    const gone = this.fading.find((link) => (link.peer === peer || link.before === peer) && !stillSending(link));
    if (gone) this.drop(gone);
    for (const link of this.links.values()) {
      const settled = link.peer === peer && peer.state === "connected";
      const useless = link.before === peer && (peer.remotelyClosed || peer.state !== "connected");
      if (!settled && !useless) continue;
      link.before?.close();
      link.before = null;
    }
    this.update();
  }

  private out(phase: CallState["phase"]): void {
    this.wanted = false;
    this.listedAs = null;
    for (const link of [...this.links.values(), ...this.fading]) this.drop(link);
    this.links.clear();
    this.early = [];
    this.update(phase);
  }

  private update(phase: CallState["phase"] = this.state.phase): void {
    if (this.closed) return;
    const count = new Map<string, number>();
    const tiles = [...this.links.values(), ...this.fading].map((link): Tile => {
      const { personId } = link.info;
      const nth = count.get(personId) ?? 0;
      count.set(personId, nth + 1);
      const shown = shownPeer(link);
      const fading = this.fading.includes(link);
      return {
        ...link.info,
        key: nth === 0 ? personId : `${personId}#${nth}`,
        link: fading || shown.remotelyClosed ? "reconnecting" : shown.state,
        streams: shown.remote,
        loudness: () => shown.loudness(),
      };
    });
    this.state = { ...this.state, phase, tiles };
    this.onChange();
  }
}

function shownPeer({ peer, before }: Link): Peer {
  return before && peer.state !== "connected" ? before : peer;
}

function stillSending(link: Link): boolean {
  const peer = shownPeer(link);
  return peer.state === "connected" && !peer.remotelyClosed;
}

