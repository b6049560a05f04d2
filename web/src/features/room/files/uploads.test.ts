import { expect, test } from "vitest";

import { readUploads } from "./uploads";

test("texts are read, and of the others it is said why not", async () => {
  const { texts, refused } = await readUploads([
    new File(["é\n"], "notes.md"),
    new File([new Uint8Array([0xff, 0xfe, 0x00])], "picture.png"),
    new File(["a\0b"], "nul.txt"),
    new File(["x".repeat(256 * 1024 + 1)], "long.txt"),
    new File(["x"], "..") ,
  ]);
  expect(texts).toEqual([{ name: "notes.md", text: "é\n" }]);
  expect(refused).toHaveLength(4);
  expect(refused.slice(0, 3)).toEqual(["picture.png is no text file.", "nul.txt is no text file.", "long.txt is too large: a file has at most 256 KB."]);
});

test("all at once must fit in one message of the room", async () => {
  const part = () => new File(["x".repeat(250 * 1024)], "part.txt");
  const { texts, refused } = await readUploads([part(), part(), part(), part()]);
  expect([texts.length, refused]).toEqual([3, ["part.txt was left out: at most 768 KB at once."]]);
});
