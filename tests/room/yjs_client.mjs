// A plain Yjs client (yjs + y-websocket, as anybody would use them), driven by lines of JSON on standard input.
// node tests/room/yjs_client.mjs <server url> <session id> <cookie>
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const Y = require("yjs");
const { WebsocketProvider } = require("y-websocket");
const { WebSocket } = require("ws");

const [server, session, cookie] = process.argv.slice(2);
class Socket extends WebSocket {
  constructor(url, protocols) {
    super(url, protocols, { headers: { cookie }, perMessageDeflate: false });
  }
}

const doc = new Y.Doc();
const provider = new WebsocketProvider(`${server}/api/sessions/${session}`, "doc", doc, {
  WebSocketPolyfill: Socket,
  disableBc: true,
  maxBackoffTime: 200,
});
const files = doc.getMap("files");
const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);
let closed = null;
const problems = [];
console.error = (...parts) => problems.push(parts.join(" "));
console.warn = console.error;
process.on("uncaughtException", (error) => problems.push(String(error)));
provider.on("connection-close", (event) => {
  closed = event?.code ?? null;
});

const commands = {
  state: () => ({
    synced: provider.synced,
    closed,
    problems,
    texts: Object.fromEntries([...files].map(([path, text]) => [path, text.toString()])),
    room: doc.getMap("room").toJSON(),
    cursors: [...provider.awareness.getStates()].filter(([id]) => id !== doc.clientID).map(([, state]) => state),
    pending: doc.store.pendingStructs !== null,
  }),
  insert: ({ path, at, text }) => files.get(path).insert(at, text),
  remove: ({ path, at, length }) => files.get(path).delete(at, length),
  type: ({ path, text }) => {
    for (const character of text) files.get(path).insert(files.get(path).length, character);
  },
  set: ({ key, value }) => doc.getMap("room").set(key, value),
  cursor: ({ state }) => provider.awareness.setLocalState(state),
  disconnect: () => provider.disconnect(),
  connect: () => provider.connect(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...given } = JSON.parse(line);
  say({ answer: commands[command](given) ?? null });
}
process.exit(0);
