// Keeps a booted Node waiting for its program (docs/execution.md, "Warm processes").
//
//     node --require <this file> <program>      with descriptors 5 (in) and 6 (out)
//
// Node runs what it requires before it looks at the program. So this file waits there, and when it returns, Node itself
// goes on with the program, as it would have without it: same module system, same stack traces, same exit status.
"use strict";

const { readSync, writeSync, closeSync, readFileSync } = require("node:fs");
const Module = require("node:module");

const IN = 5;
const OUT = 6;
const NEWLINE = 10;

/** One line, byte by byte: what follows it belongs to the program. Undefined at the end of the file. */
function line() {
  const bytes = [];
  const byte = Buffer.alloc(1);
  while (readSync(IN, byte) === 1) {
    if (byte[0] === NEWLINE) return Buffer.from(bytes).toString("utf8");
    bytes.push(byte[0]);
  }
  return undefined;
}

/** What nearly every program needs, made or compiled by Node when it is first used. Nothing here starts anything. */
function load() {
  // Not process.stdin or process.stdout themselves: they would make the pipes non-blocking, which a program that only
  // uses fs.readSync and fs.writeSync notices.
  for (const name of ["net", "tty", "readline", "events", "util", "assert", "stream", "timers", "perf_hooks", "url"]) {
    require(`node:${name}`);
  }
  const { inspect, format } = require("node:util");
  inspect({ a: [1, "2", new Map([[3, new Set([4n])]])], b: null, c: () => 5, d: new Error("6") });
  format("%s %d %o", "a", 1, { b: 2 });
  // Not a real stream: it would put something into the queue of ticks, which later shows in the program's stack traces.
  const nowhere = { write: () => true, on: () => {}, once: () => {}, removeListener: () => {} };
  new (require("node:console").Console)(nowhere).log("%s", "a", 1, { b: [2] });
  if (process.execArgv.includes("--experimental-transform-types")) {
    // Loads the transformer (WebAssembly) and lets it meet the syntax once.
    const dummy = readFileSync(require.resolve("./dummy.ts"), "utf8");
    Module.stripTypeScriptTypes(dummy, { mode: "transform", sourceMap: true, sourceUrl: "dummy.ts" });
  }
}

/** A program that ended well has nothing left to do: not even to give its heap back piece by piece, 2 ms of a run. */
function leaveAtOnce() {
  const kind = Object.getPrototypeOf(process);
  const { emit } = kind;
  const leave = process.reallyExit;
  const emits = function (name, ...values) {
    const heard = Reflect.apply(emit, this, [name, ...values]);
    // With another status Node may have an error to report after this.
    if (name === "exit" && this === process && values[0] === 0 && !process.exitCode) leave.call(process, 0);
    return heard;
  };
  Object.defineProperty(emits, "name", { value: emit.name });
  Object.defineProperty(kind, "emit", { value: emits, configurable: true, enumerable: false, writable: true });
}

/** Leaves nothing of this file that a program would come across. */
function vanish() {
  delete require.cache[__filename];
  process.execArgv.splice(process.execArgv.indexOf("--require"), 2);
  process._preload_modules.length = 0;
}

function wait() {
  load();
  writeSync(OUT, "ready\n");
  const text = line();
  if (text === undefined) process.reallyExit(0);
  const go = JSON.parse(text);
  if (go.path !== process.argv[1]) throw new Error(`started for ${process.argv[1]}, told to run ${go.path}`);
  process.argv.push(...go.arguments);
  leaveAtOnce();
  if (!go.exchange) {
    closeSync(IN);
    closeSync(OUT);
  }
}

// Worker threads load what is required as well.
if (require("node:worker_threads").isMainThread) wait();
vanish();
