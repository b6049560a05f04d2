import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import MarkdownView from "./markdown-view";

const draw = (text: string, breaks = false) => render(<MarkdownView text={text} breaks={breaks} />).container;

test("HTML of others stays out", () => {
  const page = draw('a <img src=x onerror="alert(1)"> <script>alert(1)</script> <b>b</b>');
  expect(page.querySelector("img, script, b")).toBeNull();
});

test.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "java\nscript:x"])(
  "a link to %j is only its text",
  (url) => {
    draw(`[go](<${url}>)`);
    expect(screen.queryByRole("link")).toBeNull();
  },
);

test("an honest link opens elsewhere and gives nothing away", () => {
  draw("[go](https://example.org/a) and https://example.org/b");
  const links = screen.getAllByRole("link");
  expect(links.map((link) => link.getAttribute("href"))).toEqual(["https://example.org/a", "https://example.org/b"]);
  for (const link of links) {
    expect(link.getAttribute("rel")).toContain("noopener");
    expect(link.getAttribute("target")).toBe("_blank");
  }
});

test("a picture from elsewhere is not fetched", () => {
  const page = draw("![a cat](https://example.org/cat.png)");
  expect(page.querySelector("img")).toBeNull();
  expect(page.textContent).toBe("a cat");
});

test("in chat a line break is one, in code and paragraphs nothing changes", () => {
  const page = draw("one\ntwo\n\n```\na\nb\n```", true);
  expect(page.querySelectorAll("br")).toHaveLength(1);
  expect(page.querySelector("code")?.textContent.trimEnd().split("\n").map((line) => line.trim())).toEqual(["a", "b"]);
});
