import { expect, test } from "vitest";

import { compileTexts } from "./compile-texts.ts";

test("a text becomes the parts that i18n._ reads", () => {
  const code = 'i18n._(/*i18n*/ {\n id: "a_-1",\n message: "Hello {name}, \\"you\\"",\n values: { name } })';
  expect(compileTexts(code)).toBe(
    'i18n._(/*i18n*/ {\n id: "a_-1",\n message: ["Hello ",["name"],", \\"you\\""],\n values: { name } })',
  );
});

test("a plural keeps its forms", () => {
  const code = 'x(/*i18n*/{ id: "b", values: { n: { message: "own" } }, message: "{n, plural, one {# seat} other {# seats}}" })';
  const compiled = compileTexts(code);
  expect(compiled).toContain('[["n","plural",{"one":["#"," seat"],"other":["#"," seats"]}]]');
  expect(compiled).toContain('{ message: "own" }');
});

test("a text inside another one", () => {
  const inner = '<a title={t(/*i18n*/ { id: "i", message: "in {n}" })} />';
  const code = `<Trans {.../*i18n*/ { id: "o", components: { 0: ${inner} }, message: "out <0>{m}</0>" }} />`;
  const compiled = compileTexts(code);
  expect(compiled).toContain('message: ["in ",["n"]]');
  expect(compiled).toContain('message: ["out <0>",["m"],"</0>"]');
});

test("other objects with a message stay as they are", () => {
  const code = 'x = { id: "b", message: "{n}" }';
  expect(compileTexts(code)).toBe(code);
});

test("a text written in an unknown way stops the build", () => {
  expect(() => compileTexts("x(/*i18n*/ { id: 'b', message: `text` })")).toThrow(/does not know/);
});
