/**
 * The service worker: a session's page opens without a network. It keeps the app's own files and nothing else: never an
 * answer of the API, nothing of another host. Built by tooling/service-worker.ts, which fills in the two lists.
 */

/** What a session's page needs to be drawn; kept when this worker is installed. */
declare const SHELL: readonly string[];
/** What it fetches later; kept when a page is in a room. */
declare const ROOM: readonly string[];
/** And the editor that this page has. */
declare const EDITORS: Readonly<Record<string, readonly string[]>>;
/** Names this release: its files change together. */
declare const RELEASE: string;

interface Later extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Asked extends Later {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

const CACHE = `app ${RELEASE}`;
const PAGE = "/index.html";

const here = globalThis as unknown as EventTarget & { clients: { claim(): Promise<void> } };

here.addEventListener("install", (event) => {
  (event as Later).waitUntil(keep(SHELL));
});

here.addEventListener("activate", (event) => {
  (event as Later).waitUntil(takeOver());
});

here.addEventListener("message", (event) => {
  const { room } = (event as MessageEvent<{ room?: string }>).data;
  if (room !== undefined) (event as unknown as Later).waitUntil(keep([...ROOM, ...(EDITORS[room] ?? [])]));
});

here.addEventListener("fetch", (event) => {
  const asked = event as Asked;
  const { request } = asked;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (pathname.startsWith("/session/")) asked.respondWith(page(request));
  } else if (pathname.startsWith("/assets/")) {
    asked.respondWith(unchanging(request));
  } else if (SHELL.includes(pathname)) {
    asked.respondWith(fetch(request).catch(async () => (await kept(pathname)) ?? Response.error()));
  }
});

async function keep(paths: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const there = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  await cache.addAll(paths.filter((path) => !there.has(path)));
}

async function takeOver(): Promise<void> {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await here.clients.claim();
}

/** The server's as long as it has one to give. */
async function page(request: Request): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.status < 500) return answer;
    return (await kept(PAGE)) ?? answer;
  } catch {
    return (await kept(PAGE)) ?? Response.error();
  }
}

/** Files with their content's hash in the name. */
async function unchanging(request: Request): Promise<Response> {
  return (await kept(new URL(request.url).pathname)) ?? fetch(request);
}

async function kept(path: string): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(path, { ignoreVary: true });
}
