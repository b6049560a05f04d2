import { expect, test } from "vitest";

import { argumentsText } from "./arguments-text";

const signature = {
  name: "two_sum",
  parameters: [
    { name: "nums", type: "list<int>" },
    { name: "target", type: "int" },
  ],
  returns: "list<int>",
  inPlace: null,
};

test("a function's arguments have names", () => {
  expect(argumentsText({ signature }, "[2, 7]\n9\n")).toBe("nums = [2, 7], target = 9");
});

test("long ones stand below each other", () => {
  const long = JSON.stringify(Array.from({ length: 30 }, () => 1));
  expect(argumentsText({ signature }, `${long}\n9\n`)).toBe(`nums = ${long}\ntarget = 9`);
});

test("what a program reads stays as it is", () => {
  expect(argumentsText({ signature: null }, "2 7\n9\n")).toBe("2 7\n9\n");
});
