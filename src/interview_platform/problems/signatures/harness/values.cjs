// The driver of JavaScript and TypeScript: JSON to values and back, and the conversation of kit/exchange.py.
//
// The first statement of the candidate's file loads it, before anything of theirs runs, and the hello is read then. All
// cases run in one process. What is used after that is captured here: the candidate may replace what it wants.
"use strict";

const fs = require("node:fs");

const { readSync, writeSync, fstatSync } = fs;
const { parse, stringify } = JSON;
const { isArray } = Array;
const { is } = Object;
const { isSafeInteger } = Number;
const { concat, from, allocUnsafe } = Buffer;
const { exit, resourceUsage } = process;
const text = String;
const BaseError = Error;
const uncurried = (method) => Function.prototype.call.bind(method);
const decoded = uncurried(Buffer.prototype.toString);
const part = uncurried(Buffer.prototype.subarray);
const find = uncurried(Buffer.prototype.indexOf);
const tagOf = uncurried(Object.prototype.toString);
const cut = uncurried(String.prototype.slice);
const place = uncurried(String.prototype.indexOf);
const wellFormed = String.prototype.isWellFormed ? uncurried(String.prototype.isWellFormed) : () => true;
const sleep = Atomics.wait.bind(null, new Int32Array(new SharedArrayBuffer(4)), 0, 0);

const IN_FD = 5;
const OUT_FD = 6;
const NODES_MAX = 1_000_000; // as in model.py: more is taken for a cycle
const TEXT_MAX = 8_000; // characters of a message or a trace
const NEWLINE = 10;

class Wrong {
  constructor(what, where = "") {
    this.what = what;
    this.where = where;
  }
  get said() {
    return this.where ? `a value with ${this.what} at ${this.where}` : this.what;
  }
}

function named(value) {
  if (value === null || value === undefined) return text(value);
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const tag = cut(tagOf(value), 8, -1);
  return isArray(value) ? "an array" : `${place("AEIOU", tag[0]) < 0 ? "a" : "an"} ${tag}`;
}

function at(error, where) {
  return error instanceof Wrong ? new Wrong(error.what, where + error.where) : error;
}

// The classes of nodes are globals of the candidate's code.
function nodeClass(kind, name) {
  if (globalThis[name]) return globalThis[name];
  const ListNode = class {
    constructor(val = 0, next = null) {
      this.val = val;
      this.next = next;
    }
  };
  const TreeNode = class {
    constructor(val = 0, left = null, right = null) {
      this.val = val;
      this.left = left;
      this.right = right;
    }
  };
  const made = kind === "tree" ? TreeNode : ListNode;
  Object.defineProperty(made, "name", { value: name });
  globalThis[name] = made;
  return made;
}

// ---- JSON to values: a type, as nested arrays, makes a function

function decoder([kind, element, name]) {
  if (kind === "optional") {
    const inner = decoder(element);
    return (value) => (value === null ? null : inner(value));
  }
  if (kind === "list") return every(decoder(element));
  if (kind === "linked_list" || kind === "tree") {
    const values = every(decoder(kind === "tree" ? ["optional", element] : element));
    const build = kind === "tree" ? tree : linkedList;
    const Node = nodeClass(kind, name);
    return (value) => build(values(value), Node);
  }
  const check = encoder([kind]);
  const numbers = { __proto__: null, NaN, Infinity, "-Infinity": -Infinity };
  return (value) => {
    if (kind === "float" && typeof value === "string" && value in numbers) return numbers[value];
    check(value);
    return value;
  };
}

function every(codec) {
  return (values) => {
    if (!isArray(values)) throw new Wrong(named(values));
    const done = [];
    for (let index = 0; index < values.length; index++) {
      try {
        done[index] = codec(values[index]);
      } catch (error) {
        throw at(error, `[${index}]`);
      }
    }
    return done;
  };
}

function linkedList(values, Node) {
  let head = null;
  for (let index = values.length - 1; index >= 0; index--) head = new Node(values[index], head);
  return head;
}

function tree(values, Node) {
  const nodes = [];
  for (let index = 0; index < values.length; index++) {
    nodes[index] = values[index] === null ? null : new Node(values[index]);
  }
  let next = 1;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === null) continue;
    if (next < nodes.length) node.left = nodes[next++];
    if (next < nodes.length) node.right = nodes[next++];
  }
  return nodes.length ? nodes[0] : null;
}

// ---- Values to JSON

function encoder([kind, element]) {
  if (kind === "optional") {
    const inner = encoder(element);
    return (value) => (value === null ? "null" : inner(value));
  }
  if (kind === "list") {
    const values = every(encoder(element));
    return (value) => array(values(value));
  }
  if (kind === "linked_list" || kind === "tree") {
    const inner = encoder(element);
    const walk = kind === "tree" ? levelOrder : linkedValues;
    return (head) => {
      if (head === undefined) throw new Wrong("undefined");
      return array(walk(head, inner));
    };
  }
  return { int: integer, long, float, string, bool }[kind];
}

function array(texts) {
  let all = "[";
  for (let index = 0; index < texts.length; index++) all += index ? `,${texts[index]}` : texts[index];
  return `${all}]`;
}

function integer(value) {
  if (typeof value !== "number" || value !== (value | 0)) throw new Wrong(named(value));
  return `${value}`;
}

function long(value) {
  if (!isSafeInteger(value)) throw new Wrong(named(value));
  return `${value}`;
}

function float(value) {
  if (typeof value !== "number") throw new Wrong(named(value));
  if (is(value, -0)) return "-0.0";
  const written = `${value}`;
  if (value - value !== 0) return `"${written}"`;
  return place(written, ".") < 0 && place(written, "e") < 0 ? `${written}.0` : written;
}

function string(value) {
  if (typeof value !== "string") throw new Wrong(named(value));
  if (!wellFormed(value)) throw new Wrong("a string with half of a surrogate pair");
  return stringify(value);
}

function bool(value) {
  if (typeof value !== "boolean") throw new Wrong(named(value));
  return `${value}`;
}

function valueOf(node, index, element, links) {
  const where = index ? `[${index}]` : "";
  if (typeof node !== "object" || !("val" in node) || !(links in node)) throw new Wrong(named(node), where);
  try {
    return element(node.val);
  } catch (error) {
    throw at(error, `[${index}].val`);
  }
}

function linkedValues(head, element) {
  const values = [];
  for (let node = head; node !== null && node !== undefined; node = node.next) {
    if (values.length === NODES_MAX) throw new Wrong(`a linked list with a cycle (more than ${NODES_MAX} nodes)`);
    values[values.length] = valueOf(node, values.length, element, "next");
  }
  return values;
}

function levelOrder(root, element) {
  const values = [];
  const nodes = [root];
  let used = 0;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === null || node === undefined) {
      values[index] = "null";
      continue;
    }
    if (nodes.length > 2 * NODES_MAX) throw new Wrong(`a tree with a cycle (more than ${NODES_MAX} nodes)`);
    values[index] = valueOf(node, index, element, "left");
    used = index + 1;
    nodes[nodes.length] = node.left;
    nodes[nodes.length] = node.right;
  }
  values.length = used;
  return values;
}
