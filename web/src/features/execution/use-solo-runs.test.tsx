import { act, renderHook, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, test, vi } from "vitest";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";

import type { Run } from "./model";
import { useSoloRuns } from "./use-solo-runs";

afterEach(() => vi.unstubAllGlobals());

const run = {
  id: "r1",
  status: "running",
  verdict: null,
  stdout: "",
  stderr: "",
  compileOutput: "",
  typed: [],
  takesInput: true,
  diagnostics: "",
  partial: false,
} as unknown as Run;
const request = { language: "python", source: "input()", stdin: "", mode: "run" as const, interactive: true, problem: "two-sum" };

/** A server whose event streams the test writes. */
function streaming() {
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const asked: string[] = [];
  const bytes = new TextEncoder();
  vi.stubGlobal("fetch", async (given: Request) => {
    const path = new URL(given.url).pathname;
    asked.push(`${given.method} ${path} ${await given.text()}`);
    if (path.endsWith("/events")) return new Response(new ReadableStream<Uint8Array>({ start: (stream) => void streams.push(stream) }));
    if (path === "/api/runs") return Response.json({ run });
    return new Response(null, { status: 204 });
  });
  return { streams, asked, tell: (text: string) => streams.at(-1)?.enqueue(bytes.encode(text)) };
}

const told = (event: object) => `data: ${JSON.stringify(event)}\n\n`;

function solo() {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  return renderHook(() => useSoloRuns(), { wrapper }).result;
}

test("a run is followed as it goes on, and again when the connection breaks", async () => {
  const server = streaming();
  const result = solo();
  act(() => result.current.start(request));
  await waitFor(() => expect(server.streams).toHaveLength(1));
  const output = told({ type: "run.output", runId: "r1", stream: "stdout", text: "Name? 😀" });
  server.tell(told({ type: "run.started", run }) + ":\n\n" + output.slice(0, 40));
  server.tell(output.slice(40)); // a message may come in two pieces
  await waitFor(() => expect(result.current.runs[0]?.stdout).toBe("Name? 😀"));
  server.streams[0]?.close();
  await waitFor(() => expect(server.streams).toHaveLength(2), { timeout: 5_000 });
  server.tell(told({ type: "run.finished", run: { ...run, status: "finished", verdict: "ok", stdout: "all", diagnostics: null } }));
  await waitFor(() => expect(result.current.runs[0]?.status).toBe("finished"));
  server.streams[1]?.close();
  await waitFor(() => expect(result.current.runs[0]?.diagnostics).toBe(""));
  expect(server.streams).toHaveLength(2);
});

test("what is typed arrives in the order in which it was typed", async () => {
  const server = streaming();
  const result = solo();
  act(() => result.current.start(request));
  await waitFor(() => expect(result.current.runs).toHaveLength(1));
  act(() => {
    for (const text of ["1\n", "2\n"]) result.current.type(run, text, false);
    result.current.type(run, "", true);
  });
  await waitFor(() => expect(server.asked.filter((one) => one.includes("/input"))).toHaveLength(3));
  expect(server.asked.filter((one) => one.includes("/input"))).toEqual([
    'POST /api/runs/r1/input {"text":"1\\n","end":false}',
    'POST /api/runs/r1/input {"text":"2\\n","end":false}',
    'POST /api/runs/r1/input {"text":"","end":true}',
  ]);
});
