import { afterEach, expect, test, vi } from "vitest";

import { filesOf } from "./files-of";

const HTML = "<script>document.title='owned'</script>";
const file = (changes = {}) => ({ id: "f1", name: "page.html", mediaType: "text/html", size: HTML.length, width: null, height: null, ...changes });

function page(...contents: [string, string][]): ParentNode {
  const holder = document.createElement("div");
  for (const [id, content] of contents) {
    const element = document.createElement("script");
    element.type = "text/plain";
    element.className = "attachment";
    element.setAttribute("data-id", id);
    element.textContent = content;
    holder.append(element);
  }
  return holder;
}

function saved() {
  const files: { name: string; type: string; text: Promise<string> }[] = [];
  const blobs: Blob[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`, revokeObjectURL: () => {} }));
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    const blob = blobs.at(-1)!;
    files.push({ name: this.download, type: blob.type, text: blob.text() });
  });
  return files;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("a file is saved as bytes under its name, whatever it says it is", async () => {
  const files = saved();
  filesOf(page(["f0", btoa("other")], ["f1", `${btoa(HTML)}\n`])).save(file());
  expect(files).toHaveLength(1);
  expect([files[0]?.name, files[0]?.type, await files[0]?.text]).toEqual(["page.html", "application/octet-stream", HTML]);
});

test.each([
  ["board.png", "board.webp"],
  ["board.WebP", "board.WebP"],
  ["board", "board.webp"],
  [".png", ".png.webp"],
])("the picture %s is saved as %s", (name, expected) => {
  const files = saved();
  filesOf(page(["f1", "AAAA"])).save(file({ name, mediaType: "image/webp", width: 1, height: 1 }));
  expect(files[0]?.name).toBe(expected);
});

test("a picture is one of ours, and nothing but data", () => {
  const kept = filesOf(page(["f1", "AAAA"]));
  expect(kept.picture(file({ mediaType: "image/svg+xml" }))).toBe("data:image/webp;base64,AAAA");
});

test("what is not in the page is not there", () => {
  const files = saved();
  const kept = filesOf(page(["f1", "AAAA"]));
  const other = file({ id: '"], script, [x="' });
  expect([kept.has(file()), kept.has(other), kept.picture(other)]).toEqual([true, false, null]);
  kept.save(other);
  expect(files).toEqual([]);
});
