import { vi } from "vitest";

/** What was asked of the fake server. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Reply = (asked: Asked) => unknown;

/** An answer other than 200: a refusal, or an empty one. */
export class Status {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body?: unknown) {
    this.status = status;
    this.body = body;
  }
}

export const refusal = (status: number, code: string, message: string, fields?: Record<string, string>) =>
  new Status(status, { code, message, fields });

/**
 * Answers `fetch` in a test: "METHOD /path" → the body, or a function of what was asked. What is not listed is 404.
 * The returned list grows with each request.
 */
export function fakeServer(replies: Record<string, unknown>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const url = new URL(request.url);
    const text = await request.text();
    const one: Asked = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      body: text ? JSON.parse(text) : undefined,
      headers: request.headers,
    };
    asked.push(one);
    const reply = replies[`${one.method} ${one.path}`] ?? refusal(404, "not_found", "There is nothing at this address.");
    const given: unknown = typeof reply === "function" ? await (reply as Reply)(one) : reply;
    const { status, body } = given instanceof Status ? given : new Status(200, given);
    return new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: { "content-type": "application/json" },
    });
  });
  return asked;
}
