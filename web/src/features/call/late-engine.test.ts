import { beforeEach, expect, test } from "vitest";

import { type CallEngine, type CallState, NO_TRACKS, OUT, type RoomOfCall, rungFor } from "./engine";
import { LateEngine } from "./late-engine";

/** Says what it was told. */
class Told implements CallEngine {
  state: CallState = OUT;
  readonly rung = rungFor(4);
  readonly heard: string[] = [];

  constructor(private readonly onChange: () => void) {}

  begin(): void {
    this.heard.push("begin");
    this.onChange(); // as the mesh does when it learns who takes part
  }
  hear({ type }: { type: string }): void {
    this.heard.push(type);
  }
  join(): Promise<void> {
    this.heard.push("join");
    this.state = { ...OUT, phase: "in" };
    this.onChange();
    return Promise.resolve();
  }
  leave(): void {
    this.heard.push("leave");
    this.state = OUT;
  }
  close(): void {
    this.heard.push("close");
  }
  setLocal(): void {
    this.heard.push("local");
  }
  retry(): void {
    this.heard.push("retry");
  }
}

const room = { me: { id: "ada" }, peers: [] } as unknown as RoomOfCall;
const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

let phases: string[];
let engine: Told;
let late: LateEngine;
let arrive: () => void;
let fail: (error: Error) => void;

beforeEach(() => {
  phases = [];
  const onChange = () => phases.push(late.state.phase);
  late = new LateEngine(
    () =>
      new Promise((resolve, reject) => {
        arrive = () => resolve((engine = new Told(onChange)));
        fail = reject;
      }),
    onChange,
  );
});

test("what happens before it is there is told in order, and then it enters", async () => {
  late.begin(room);
  late.hear({ type: "call.state", peers: [] });
  const joined = late.join();
  late.setLocal(NO_TRACKS, { audio: false, video: false, screen: false });
  arrive();
  await joined;
  expect(engine.heard).toEqual(["begin", "call.state", "local", "join"]);
  expect(phases).toEqual(["joining", "joining", "in"]);
  expect(late.rung).toEqual(rungFor(4));
});

test("hung up before it is there, nobody enters", async () => {
  late.begin(room);
  const joined = late.join();
  late.leave();
  arrive();
  await joined;
  expect(engine.heard).toEqual(["begin"]);
  expect(late.state.phase).toBe("out");
});

test("one that cannot be loaded is told, and loaded again on demand", async () => {
  late.begin(room);
  const joined = late.join();
  fail(new Error("no network"));
  await joined;
  expect(late.state.phase).toBe("stuck");
  const again = late.join();
  arrive();
  await again;
  expect(late.state.phase).toBe("in");
});

test("a room that was left wants to know nothing more", async () => {
  late.begin(room);
  late.close();
  const told = phases.length;
  arrive();
  await turn();
  expect(phases.length).toBe(told);
  expect(engine.heard).toEqual([]);
});
