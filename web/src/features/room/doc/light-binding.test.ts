import { exchange, seedOf, Site } from "./testing/sites";
import { LightSite } from "./testing/light-site";

import { afterEach, describe, expect, test } from "vitest";

import { splitsPair } from "@/lib/text-edits";

let sites: (LightSite | Site)[] = [];

function together(content: string): [LightSite, LightSite] {
  const start = seedOf(content);
  const both: [LightSite, LightSite] = [new LightSite(10, start), new LightSite(11, start)];
  sites = both;
  return both;
}

function expectAgreement(content?: string): void {
  for (const site of sites) {
    expect(site.value).toBe(site.text.toJSON());
    expect(site.value).toBe(sites[0]!.value);
  }
  if (content !== undefined) expect(sites[0]!.value).toBe(content);
}

afterEach(() => {
  for (const site of sites) site.dispose();
  sites = [];
});

describe("what is typed arrives", () => {
  test("both ways, in the editor and in the document", () => {
    const [ada, ben] = together("abc\ndef\n");
    ada.caret(3);
    ada.type("X");
    ben.caret(0);
    ben.type("Y");
    exchange(ada, ben);
    expectAgreement("YabcX\ndef\n");
  });

  test("with several carets, and several changes at once", () => {
    const [ada, ben] = together("one\ntwo\nthree");
    ada.select([0, 0], [4, 4], [8, 8]);
    ada.type("- ");
    exchange(ada, ben);
    expectAgreement("- one\n- two\n- three");
    ben.view.dispatch({ changes: [{ from: 0, to: 2 }, { from: 3, to: 5, insert: "__" }, { from: 19, insert: "!" }] });
    exchange(ada, ben);
    expectAgreement("o__\n- two\n- three!");
  });

  test("what arrives is not sent back", () => {
    const [ada, ben] = together("");
    let sent = 0;
    ben.doc.on("update", () => (sent += 1));
    ada.type("hello");
    ada.deliver(ben);
    expect(sent).toBe(1);
    expect(ben.value).toBe("hello");
  });
});

describe("undo", () => {
  test("takes back one's own typing, not the text that has moved to its place", () => {
    const [ada, ben] = together("def");
    ada.type("AAA");
    exchange(ada, ben);
    ben.type("BBB");
    exchange(ada, ben);
    expectAgreement("BBBAAAdef");
    ada.undo();
    exchange(ada, ben);
    expectAgreement("BBBdef");
    ada.redo();
    exchange(ada, ben);
    expectAgreement("BBBAAAdef");
  });

  test("leaves what the others and the server wrote, however often it is pressed", () => {
    const [ada, ben] = together("start");
    ben.caret(5);
    ben.type(" ben");
    exchange(ada, ben);
    ada.undo();
    ada.undo();
    exchange(ada, ben);
    expectAgreement("start ben");
  });

  test("puts the caret where the text came back, and ends a step when the caret is moved", () => {
    const [ada] = together("one two three");
    ada.select([4, 7]);
    ada.deleteLeft();
    ada.caret(0);
    ada.type("a");
    ada.caret(10);
    ada.type("b");
    ada.undo();
    expect(ada.value).toBe("aone  three");
    ada.undo();
    ada.undo();
    expect(ada.value).toBe("one two three");
    expect(ada.selection).toEqual([7, 7]);
  });
});

describe("the caret", () => {
  test("stays before what somebody else inserts exactly there", () => {
    const [ada, ben] = together("abcdef");
    ada.caret(3);
    ben.caret(3);
    ben.type("XY");
    exchange(ada, ben);
    expectAgreement("abcXYdef");
    expect(ada.selection).toEqual([3, 3]);
  });

  test("does not grow a selection by what is inserted at its edges, and keeps its direction", () => {
    const [ada, ben] = together("abcdef");
    ada.select([4, 2]);
    ben.select([2, 2], [4, 4]);
    ben.type("__");
    exchange(ada, ben);
    expectAgreement("ab__cd__ef");
    expect(ada.selection).toEqual([6, 4]);
  });
});

describe("who may not write", () => {
  test("changes nothing, by typing or by undo, and sees what the others do", () => {
    const start = seedOf("code");
    const [ada, watcher] = [new LightSite(10, start), new LightSite(11, start, false)];
    sites = [ada, watcher];
    watcher.type("no");
    watcher.undo();
    watcher.view.dispatch({ changes: { from: 0, to: 4 } });
    expect([watcher.value, watcher.text.toJSON()]).toEqual(["code", "code"]);
    ada.type("my ");
    exchange(ada, watcher);
    expectAgreement("my code");
  });

  test("may again after a lock, and undo goes on where it was", () => {
    const [ada, ben] = together("code");
    ada.type("my ");
    ada.binding.setWritable(false);
    ada.undo();
    ada.type("not ");
    exchange(ada, ben);
    expectAgreement("my code");
    ada.binding.setWritable(true);
    ada.undo();
    exchange(ada, ben);
    expectAgreement("code");
  });

  test("is shown a text without its carriage returns, wherever the others type in it", () => {
    const watcher = new LightSite(10, seedOf("a\r\nb"), false);
    sites = [watcher];
    expect(watcher.value).toBe("a\nb");
    watcher.doc.transact(() => watcher.text.insert(3, "cd"), "network");
    expect(watcher.value).toBe("a\ncdb");
    sites = [];
    watcher.dispose();
  });
});

describe("line ends", () => {
  test("are taken out of the document, whether they were there or come", () => {
    const start = seedOf("a\r\nb\r\n");
    const [ada, ben] = [new LightSite(10, start), new LightSite(11, start)];
    sites = [ada, ben];
    exchange(ada, ben);
    expectAgreement("a\nb\n");
    ada.text.insert(1, "\r\nmore\r");
    exchange(ada, ben);
    exchange(ada, ben);
    expectAgreement("a\nmore\nb\n");
  });

  test("do not get into it by what another program puts into the editor", async () => {
    const [ada, ben] = together("__");
    ada.select([1, 1], [2, 2]);
    ada.type("x\r\ny");
    await Promise.resolve();
    exchange(ada, ben);
    expectAgreement("_x\ny_x\ny");
  });

  test("embedded objects are taken out, too", () => {
    const [ada, ben] = together("ab");
    ada.text.insertEmbed(1, { image: "x" });
    exchange(ada, ben);
    exchange(ada, ben);
    expectAgreement("ab");
    ben.caret(2);
    ben.type("c");
    exchange(ada, ben);
    expectAgreement("abc");
  });
});

test("half a character, which only a program can cut, is shown as it is in the document", async () => {
  const [ada, ben] = together("x😀y");
  ada.view.dispatch({ changes: { from: 2, to: 3 } });
  await Promise.resolve();
  exchange(ada, ben);
  expectAgreement("x\ufffdy");
  ben.text.insert(1, "😀");
  exchange(ada, ben);
  ben.text.insert(2, "-");
  exchange(ada, ben);
  expectAgreement();
});

/** Repeatable, from a seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed * 2654435761;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

const PIECES = ["a", "b\n", "\n", "  indent", "😀", "x\r\ny", "é", "long enough to matter", "\t", ""];

describe("whatever happens", () => {
  test.each([1, 2, 3, 4, 5, 6])("the light editor, another and Monaco converge (seed %i)", async (seed) => {
    const pick = numbersFrom(seed);
    const start = seedOf("def solve():\n    return 42\n");
    sites = [new LightSite(10, start), new LightSite(11, start), new Site(12, start)];
    const act = (site: LightSite | Site) => {
      const place = () => {
        const at = pick(site.value.length + 1);
        return splitsPair(site.value, at) ? at - 1 : at; // no editor puts a caret into a character
      };
      const piece = () => PIECES[pick(PIECES.length)]!;
      const acts = [
        () => {
          site.caret(place());
          site.type(piece());
        },
        () => {
          site.select([place(), place()]);
          site.type(piece());
        },
        () => (site instanceof Site ? site.press("deleteLeft") : site.deleteLeft()),
        () => site.undo(),
        () => site.redo(),
        () => site.deliver(...sites.filter((other) => other !== site)),
        () => site.type(piece()),
      ];
      acts[pick(acts.length)]!();
    };
    for (let step = 0; step < 250; step += 1) {
      const site = sites[pick(sites.length)]!;
      act(site);
      await Promise.resolve();
      expect(site.value).toBe(site.text.toJSON());
    }
    for (let round = 0; round < 3; round += 1) exchange(...sites);
    expectAgreement();
  });
});
