// The one way to the server over HTTP. Types come from `contract/openapi.json` (run `make contract`).
import { t } from "@lingui/core/macro";
import createClient from "openapi-fetch";

import { externalSession } from "../external-session";
import type { components, paths } from "./schema";

export type Schemas = components["schemas"];

/** Calls return `{data, error, response}`; wrap them in `answer` to get the data or a thrown `Refusal`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: withToken,
});

/** With the token of an outside provider, when that is who signs people in. */
async function withToken(request: Request): Promise<Response> {
  const token = await externalSession()?.token();
  if (token) request.headers.set("authorization", `Bearer ${token}`);
  return fetch(request);
}

/** The server's no (design §4): `code` for programs, `message` for people, `fields` by name of the input. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly code: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: string, message: string, status: number, fields: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

interface Result<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The data of an answer; every failure is thrown as a `Refusal`, also a server that cannot be reached. */
export async function answer<T>(call: Promise<Result<T>>): Promise<T> {
  let result: Result<T>;
  try {
    result = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refusal("unreachable", t`The server cannot be reached. Check your connection and try again.`, 0);
  }
  if (result.response.ok) return result.data as T;
  throw refusalOf(result.error, result.response.status);
}

function refusalOf(body: unknown, status: number): Refusal {
  if (typeof body === "object" && body !== null && "code" in body && "message" in body) {
    const { code, message, fields } = body as { code: string; message: string; fields?: Record<string, string> };
    return new Refusal(code, message, status, fields);
  }
  return new Refusal("internal", t`The server answered in a way this page does not understand (${status}).`, status);
}

/** What to show of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Refusal ? error.message : t`Something went wrong in this page. Reload it and try again.`;
}

/** What the server says of one input of a form. */
export function fieldError(error: unknown, field: string): string | undefined {
  return error instanceof Refusal ? error.fields[field] : undefined;
}
