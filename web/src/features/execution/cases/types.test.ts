import { expect, test } from "vitest";

import { exampleOf, faultOf, parseType } from "./types";

const fault = (type: string, text: string) => faultOf(parseType(type), text);

test.each([
  ["int", "-2147483648"],
  ["int", " 7 "],
  ["long", "9007199254740991"],
  ["float", "2"],
  ["float", "1e3"],
  ["float", '"-Infinity"'],
  ["string", '"it\'s None"'],
  ["bool", "false"],
  ["list<list<int>>", "[[1], [], [2,\n3]]"],
  ["optional<int>", "null"],
  ["list<optional<string>>", '[null, "a"]'],
  ["linked_list<int>", "[]"],
  ["tree<int>", "[1, null, 2, 3]"],
  ["graph", "[[1, 2], [0], []]"],
])("%s takes %s", (type, text) => {
  expect(fault(type, text)).toBeNull();
});

test.each([
  ["list<int>", "", "A value is missing: list<int>, for example [1, 2]."],
  ["list<int>", "[1, ", "This is not JSON. A value of list<int> looks like [1, 2]"],
  ["string", "abc", 'A text stands in double quotes: "abc"'],
  ["list<string>", "['a']", 'Values are written as JSON: "double quotes", true, false and null.'],
  ["bool", "True", 'Values are written as JSON: "double quotes", true, false and null.'],
  ["list<list<int>>", '[[1], [2, "x"]]', '[1][1]: "x" is not of the type int'],
  ["int", "2147483648", "2147483648 is not in the range of int"],
  ["long", "9007199254740993", "9007199254740992 is not in the range of long"],
  ["int", "2.0", "2 is not of the type int"],
  ["int", "true", "true is not of the type int"],
  ["float", "1e999", "null is not of the type float"],
  ["string", '"\\ud800"', "half of a surrogate pair is no text"],
  ["optional<int>", "{}", "{} is not of the type int"],
  ["list<int>", "7", "7 is not of the type list<int>"],
  ["tree<int>", "[1, null]", "a tree's level order does not end with null"],
  ["tree<int>", "[1, null, null, 2]", "the value at 3 of the level order has no parent"],
  ["graph", "[[0], [2]]", "[1][0]: there is no node 2"],
])("%s refuses %s", (type, text, said) => {
  expect(fault(type, text)).toBe(said);
});

test("what is given as an example is one", () => {
  for (const type of ["int", "list<list<string>>", "optional<float>", "tree<bool>", "linked_list<long>", "graph", "list<optional<list<int>>>"]) {
    expect([type, fault(type, exampleOf(parseType(type)))]).toEqual([type, null]);
  }
});
