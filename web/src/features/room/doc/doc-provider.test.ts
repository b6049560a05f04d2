import * as encoding from "lib0/encoding";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";

import { FakeSocket } from "../testing/fake-socket";
import { DocProvider } from "./doc-provider";
import type { Outbox } from "./outbox";
import { ACK, AUTH, awareness as awarenessMessage, read, STEP_1, STEP_2, SYNC, sync, UPDATE } from "./wire";
import type { Refusal } from "../socket/refusal";

class MemoryOutbox implements Outbox {
  works = true;
  written = true;
  updates: Uint8Array[] = [];
  before: Uint8Array[] = [];
  keep(update: Uint8Array) {
    this.updates.push(update);
  }
  flush() {
    this.written = true;
  }
  empty() {
    this.updates = [];
    this.before = [];
  }
  left() {
    return Promise.resolve(this.before);
  }
}

/** The other end: takes what it is sent at once, and acknowledges when the test says so. */
class Server {
  readonly doc = new Y.Doc();
  received = 0;
  socket!: FakeSocket;

  accept(): void {
    this.socket = FakeSocket.last;
    this.received = 0;
    this.socket.onsent = (data) => {
      const message = read((data as Uint8Array).slice().buffer);
      if (message?.type !== SYNC) return;
      if (message.step === STEP_1) {
        this.socket.say(sync(STEP_2, Y.encodeStateAsUpdate(this.doc, message.payload)));
      } else {
        this.received += 1;
        Y.applyUpdate(this.doc, message.payload);
      }
    };
    this.socket.accept();
    this.ask();
  }

  ask(): void {
    this.socket.say(sync(STEP_1, Y.encodeStateVector(this.doc)));
  }

  acknowledge(count = this.received): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, ACK);
    encoding.writeVarUint(encoder, count);
    this.socket.say(encoding.toUint8Array(encoder));
  }

  get text(): string {
    return this.doc.getText("code").toJSON();
  }
}

let doc: Y.Doc;
let awareness: Awareness;
let outbox: MemoryOutbox;
let reason: Refusal | null;
let server: Server;
let provider: DocProvider;

function open(readOnly = false): void {
  doc = new Y.Doc();
  awareness = new Awareness(doc);
  provider = new DocProvider({ address: () => "ws://doc", doc, awareness, outbox, readOnly, diagnose: () => Promise.resolve(reason) });
  provider.start();
}

const type = (text: string) => doc.getText("code").insert(0, text);
const state = () => provider.status.state;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.install();
  outbox = new MemoryOutbox();
  reason = null;
  server = new Server();
  server.doc.getText("code").insert(0, "seed");
  open();
});

afterEach(() => {
  provider.stop();
  awareness.destroy();
  vi.useRealTimers();
});

describe("begun with what this browser kept", () => {
  const begin = (readOnly = false) => {
    provider.stop();
    doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server.doc));
    awareness = new Awareness(doc);
    provider = new DocProvider({
      address: () => "ws://doc",
      doc,
      awareness,
      outbox,
      readOnly,
      diagnose: () => Promise.resolve(reason),
      begun: true,
    });
    provider.start();
    return vi.advanceTimersByTimeAsync(0);
  };
  /** Changes of an earlier page to the document as it was kept. */
  const leftBehind = (...texts: string[]) => {
    const page = new Y.Doc();
    Y.applyUpdate(page, Y.encodeStateAsUpdate(server.doc));
    page.on("update", (update: Uint8Array) => outbox.before.push(update));
    for (const text of texts) page.getText("code").insert(0, text);
  };

  test("it is shown and written in before the server answers, with what an earlier page could not send", async () => {
    leftBehind("left ");
    await begin();
    type("new ");
    expect(doc.getText("code").toJSON()).toBe("new left seed");
    expect(provider.status).toMatchObject({ state: "offline", ready: true, unsaved: true });
    server.accept();
    expect(server.text).toBe("new left seed");
    expect(state()).toBe("saving");
    server.acknowledge();
    expect(state()).toBe("saved");
    expect(outbox.updates).toEqual([]);
  });

  test("what builds on something that is not in the copy stays kept, and is sent", async () => {
    leftBehind("one ", "two ");
    const [missing, ...rest] = outbox.before;
    outbox.before = rest;
    await begin();
    expect(doc.getText("code").toJSON()).toBe("seed");
    expect(provider.status.unsaved).toBe(true);
    expect(outbox.updates).toEqual(rest);
    Y.applyUpdate(server.doc, missing!);
    server.accept();
    expect(server.text).toBe("two one seed");
    expect(doc.getText("code").toJSON()).toBe("two one seed");
    server.acknowledge();
    expect(state()).toBe("saved");
  });

  test("with nothing left behind, nothing is unsaved", async () => {
    await begin();
    expect(provider.status).toMatchObject({ state: "offline", ready: true, unsaved: false });
    server.accept();
    expect(state()).toBe("saved");
  });
});

describe("what is said to be saved", () => {
  test("is nothing before the document has come", () => {
    expect(provider.status).toMatchObject({ state: "connecting", ready: false });
    server.accept();
    expect(doc.getText("code").toJSON()).toBe("seed");
    expect(provider.status).toMatchObject({ state: "saved", ready: true, unsaved: false });
  });

  test("is only what was acknowledged, and all of it", () => {
    server.accept();
    server.acknowledge();
    type("a");
    type("b");
    expect(state()).toBe("saving");
    server.acknowledge(2); // the answer to step 1 and the first letter
    expect(provider.status).toMatchObject({ state: "saving", unsaved: true });
    server.acknowledge(3);
    expect(provider.status).toMatchObject({ state: "saved", unsaved: false });
  });

  test("is not counted from the connection before", async () => {
    server.accept();
    type("a");
    type("b");
    type("c");
    server.acknowledge(); // 4
    type("d");
    server.socket.end(1006);
    expect(state()).toBe("offline");
    await vi.advanceTimersByTimeAsync(1000);
    server.accept();
    expect(state()).toBe("saving");
    server.acknowledge(1);
    expect(state()).toBe("saved");
    expect(server.text).toBe("dcbaseed");
  });

  test("waits for the acknowledgement also when the server lacks nothing", async () => {
    server.accept();
    type("a"); // arrives, but is never acknowledged
    server.socket.end(1012);
    await vi.advanceTimersByTimeAsync(1000);
    server.accept();
    expect(provider.status).toMatchObject({ state: "saving", unsaved: true });
    server.acknowledge();
    expect(state()).toBe("saved");
  });

  test("does not change by what the others write", () => {
    server.accept();
    server.acknowledge();
    server.doc.getText("code").insert(0, "x");
    server.socket.say(sync(UPDATE, Y.encodeStateAsUpdate(server.doc)));
    expect(doc.getText("code").toJSON()).toBe("xseed");
    expect(state()).toBe("saved");
    expect(server.received).toBe(1);
  });
});

describe("without a connection", () => {
  test("typing goes on and is sent when it is back", async () => {
    server.accept();
    server.acknowledge();
    server.socket.end(1006);
    type("off");
    expect(provider.status).toMatchObject({ state: "offline", unsaved: true });
    expect(outbox.updates).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    server.accept();
    expect(server.text).toBe("offseed");
    server.acknowledge();
    expect(provider.status).toMatchObject({ state: "saved", unsaved: false });
    expect(outbox.updates).toHaveLength(0);
  });

  test("what is typed before the server has said what it has goes with the answer to that", () => {
    FakeSocket.last.accept();
    type("early");
    expect(FakeSocket.last.sent).toHaveLength(2); // step 1 and our presence
    expect(provider.status.unsaved).toBe(true);
    server.accept();
    expect(server.received).toBe(1);
    expect(server.text).toContain("early");
  });

  test("what an earlier page could not send is sent by the next", async () => {
    server.accept();
    provider.stop();
    const earlier = new Y.Doc();
    Y.applyUpdate(earlier, Y.encodeStateAsUpdate(server.doc));
    earlier.on("update", (update: Uint8Array) => outbox.before.push(update));
    earlier.getText("code").insert(4, "ling");

    open();
    server.accept();
    await vi.advanceTimersByTimeAsync(0);
    expect(doc.getText("code").toJSON()).toBe("seedling");
    expect(state()).toBe("saving");
    server.acknowledge();
    expect(server.text).toBe("seedling");
    expect(state()).toBe("saved");
    expect(outbox.before).toHaveLength(0);
  });

  test("what an earlier page could not send stays when one leaves while it is being read", async () => {
    const earlier = new Y.Doc();
    earlier.getText("code").insert(0, "mine");
    outbox.before = [Y.encodeStateAsUpdate(earlier)];
    server.accept();
    provider.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.before).toHaveLength(1);
  });

  test("what an earlier page did send after all is forgotten", async () => {
    outbox.before = [Y.encodeStateAsUpdate(server.doc)];
    server.accept();
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.before).toHaveLength(0);
    expect(state()).toBe("saved");
  });

  test("the page asks before it is left only if something would be lost", () => {
    const leave = () => {
      const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    };
    server.accept();
    server.acknowledge();
    expect(leave()).toBe(false);
    server.socket.end(1006);
    type("x");
    expect(leave()).toBe(false); // kept in this browser
    outbox.works = false;
    expect(leave()).toBe(true);
  });
});

describe("the server asks again", () => {
  test("and gets all that it lacks", () => {
    server.accept();
    server.acknowledge();
    const before = server.doc;
    Object.assign(server, { doc: new Y.Doc() });
    server.ask();
    expect(server.text).toBe("seed");
    expect(before.getText("code").toJSON()).toBe("seed");
  });
});

describe("a refusal", () => {
  test("that ends the session throws away what could never be sent, and says that it was unsaved", () => {
    server.accept();
    type("late");
    server.socket.end(4409);
    expect(provider.status).toMatchObject({ state: "refused", refusal: { code: "ended" }, unsaved: true });
    expect(outbox.updates).toHaveLength(0);
  });

  test("that may be overcome keeps it", () => {
    server.accept();
    type("mine");
    server.socket.end(4401);
    expect(provider.status).toMatchObject({ state: "refused", refusal: { code: "unauthenticated" } });
    expect(outbox.updates).toHaveLength(1);
  });

  test("of changes is told", () => {
    server.accept();
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, AUTH);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, "observers only look");
    server.socket.say(encoding.toUint8Array(encoder));
    expect(provider.status).toMatchObject({ state: "refused", refusal: { code: "read_only" } });
  });

  test.each(["not_found", "unauthenticated"] as const)("of the handshake is asked about, and %s keeps what is unsaved", async (code) => {
    server.accept();
    type("mine");
    server.socket.end(1012);
    await vi.advanceTimersByTimeAsync(1000);
    reason = { code };
    FakeSocket.last.end(1006);
    await vi.advanceTimersByTimeAsync(0);
    expect(provider.status).toMatchObject({ state: "refused", refusal: { code }, unsaved: true });
    expect(outbox.updates).toHaveLength(1);
  });
});

describe("who only watches", () => {
  test("gets the document and sends none of it", () => {
    provider.stop();
    open(true);
    server.accept();
    expect(state()).toBe("saved");
    type("not allowed");
    expect(server.received).toBe(0);
    expect(provider.status.unsaved).toBe(false);
    expect(outbox.updates).toHaveLength(0);
  });
});

describe("the right to write", () => {
  /** The server does not take what comes. */
  const deny = () => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, AUTH);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, "read-only");
    server.socket.say(encoding.toUint8Array(encoder));
  };

  test("goes: what was sent and stored before is saved all the same", () => {
    server.accept();
    type("in time ");
    provider.setReadOnly(true);
    expect(state()).toBe("saving");
    server.acknowledge();
    expect(provider.status).toMatchObject({ state: "saved", unsaved: false });
  });

  test("goes: what was denied is kept and said, and sent when it comes back", () => {
    server.accept();
    server.acknowledge();
    server.socket.onsent = () => undefined;
    type("late ");
    deny();
    provider.setReadOnly(true);
    expect(provider.status).toMatchObject({ state: "refused", refusal: { code: "read_only" }, unsaved: true });
    expect(outbox.updates).toHaveLength(1);
    server.socket.onsent = (data) => {
      const message = read((data as Uint8Array).slice().buffer);
      if (message?.type === SYNC && message.step !== STEP_1) Y.applyUpdate(server.doc, message.payload);
    };
    server.ask(); // the server knows of it before we do
    expect(server.text).toBe("seed");
    provider.setReadOnly(false);
    expect(server.text).toBe("late seed");
    expect(state()).toBe("saving");
    server.acknowledge(3); // the first answer, what was denied, and all of it at once
    expect(provider.status).toMatchObject({ state: "saved", refusal: null, unsaved: false });
    expect(outbox.updates).toHaveLength(0);
  });

  test("went while there was no connection: what is unsaved is kept and said", async () => {
    server.accept();
    server.acknowledge();
    server.socket.end(1006);
    type("offline ");
    provider.setReadOnly(true);
    await vi.advanceTimersByTimeAsync(1000);
    server.accept();
    expect(server.text).toBe("seed");
    expect(provider.status).toMatchObject({ state: "refused", refusal: { code: "read_only" }, unsaved: true });
    expect(outbox.updates).toHaveLength(1);
    provider.setReadOnly(false);
    expect(server.text).toBe("offline seed");
    server.acknowledge();
    expect(state()).toBe("saved");
  });

  test("comes: what an earlier page could not send is sent", async () => {
    provider.stop();
    const earlier = new Y.Doc();
    earlier.getText("code").insert(0, "earlier ");
    outbox.before = [Y.encodeStateAsUpdate(earlier)];
    open(true);
    server.accept();
    await vi.advanceTimersByTimeAsync(0);
    expect(outbox.before).toHaveLength(1);
    provider.setReadOnly(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(server.text).toContain("earlier ");
    server.acknowledge();
    expect(state()).toBe("saved");
  });

  test("that goes and comes before the server noticed changes nothing", () => {
    server.accept();
    server.acknowledge();
    provider.setReadOnly(true);
    provider.setReadOnly(false);
    type("on ");
    server.acknowledge();
    expect([server.text, state()]).toEqual(["on seed", "saved"]);
  });
});

describe("presence", () => {
  test("is told again, as news, on every connection", async () => {
    awareness.setLocalState({ user: { name: "Ada" } });
    server.accept();
    const others = new Awareness(new Y.Doc());
    const clocks: number[] = [];
    const listen = () => {
      for (const data of FakeSocket.last.sent) {
        const message = read((data as Uint8Array).slice().buffer);
        if (message?.type === 1) clocks.push(message.payload[message.payload.indexOf(123) - 2]!);
      }
    };
    listen();
    server.socket.end(1006);
    await vi.advanceTimersByTimeAsync(1000);
    server.accept();
    listen();
    expect(clocks.length).toBeGreaterThanOrEqual(2);
    expect(clocks.at(-1)).toBeGreaterThan(clocks[0]!);
    others.destroy();
  });

  test("of the others ends with the connection", () => {
    server.accept();
    const other = new Awareness(new Y.Doc());
    other.setLocalState({ user: { name: "Ben" } });
    server.socket.say(awarenessMessage(encodeAwarenessUpdate(other, [other.clientID])));
    expect(awareness.getStates().has(other.clientID)).toBe(true);
    server.socket.end(1006);
    expect(awareness.getStates().has(other.clientID)).toBe(false);
    other.destroy();
  });
});
