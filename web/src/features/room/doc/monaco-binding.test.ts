import { exchange, Site, sitesWith } from "./testing/sites";

import * as monaco from "monaco-editor/editor";
import { afterEach, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";

let sites: Site[] = [];

function together(content: string, count = 2): [Site, Site, ...Site[]] {
  sites = sitesWith(content, count);
  return sites as [Site, Site, ...Site[]];
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
  test("both ways, in the model and in the document", () => {
    const [ada, ben] = together("abc\ndef\n");
    ada.caret(3);
    ada.type("X");
    ben.caret(0);
    ben.type("Y");
    exchange(ada, ben);
    expectAgreement("YabcX\ndef\n");
  });

  test("with several carets", () => {
    const [ada, ben] = together("one\ntwo\nthree");
    ada.select([0, 0], [4, 4], [8, 8]);
    ada.type("- ");
    exchange(ada, ben);
    expectAgreement("- one\n- two\n- three");
    ada.select([2, 5], [8, 11]);
    ada.type("x");
    exchange(ada, ben);
    expectAgreement("- x\n- x\n- three");
  });

  test("with several changes in one event, touching each other", () => {
    const [ada, ben] = together("abcdef");
    const at = (from: number, to: number) => new monaco.Range(1, from + 1, 1, to + 1);
    ada.editor.executeEdits("test", [
      { range: at(0, 0), text: "1" },
      { range: at(0, 0), text: "2" },
      { range: at(1, 3), text: "" },
      { range: at(3, 4), text: "DD" },
      { range: at(4, 4), text: "!" },
    ]);
    exchange(ada, ben);
    expectAgreement("12aDD!ef");
  });

  test("with one event that tells of edits made one after the other", () => {
    const [ada, ben] = together("abc");
    // Monaco merges what happens inside a deferred emit: the second change is relative to the text after the first.
    const model = ada.model as unknown as { _eventEmitter: { beginDeferredEmit(): void; endDeferredEmit(): void } };
    model._eventEmitter.beginDeferredEmit();
    ada.model.applyEdits([{ range: new monaco.Range(1, 1, 1, 1), text: "12345" }]);
    ada.model.applyEdits([{ range: new monaco.Range(1, 7, 1, 8), text: "B" }]);
    model._eventEmitter.endDeferredEmit();
    exchange(ada, ben);
    expectAgreement("12345aBc");
  });

  test("when the whole text is replaced, only what differs is written", () => {
    const [ada, ben] = together("line one\nline two\nline three\n");
    ada.model.setValue("line one\nline 2\nline three\n");
    ben.caret(ben.value.length);
    ben.type("end");
    exchange(ada, ben);
    expectAgreement("line one\nline 2\nline three\nend");
  });

  test("remote edits in several places are one change of the model", () => {
    const [ada, ben] = together("aaa bbb ccc");
    let events = 0;
    ben.model.onDidChangeContent(() => (events += 1));
    ada.select([0, 3], [8, 11]);
    ada.type("z");
    exchange(ada, ben);
    expectAgreement("z bbb z");
    expect(events).toBe(1);
  });

  test("what arrives is not sent back", () => {
    const [ada, ben] = together("");
    ada.type("hello");
    ada.deliver(ben);
    let sent = 0;
    ben.doc.on("update", () => (sent += 1));
    ada.type("!");
    ada.deliver(ben);
    expect(sent).toBe(1); // the arrival itself
    expect(ben.value).toBe("hello!");
  });

  test("in the characters that take two units", () => {
    const [ada, ben] = together("x😀y");
    ada.caret(3);
    ada.press("deleteLeft");
    ben.caret(4);
    ben.type("👩‍💻");
    exchange(ada, ben);
    expectAgreement("xy👩‍💻");
  });
});

describe("undo", () => {
  test("takes back one's own typing, not the text that has moved to its place", () => {
    const [ada, ben] = together("def");
    ada.caret(0);
    ada.type("AAA");
    exchange(ada, ben);
    ben.caret(0);
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

  test("leaves what the others wrote, however often it is pressed", () => {
    const [ada, ben] = together("start");
    ben.caret(5);
    ben.type(" ben");
    exchange(ada, ben);
    ada.undo();
    ada.undo();
    exchange(ada, ben);
    expectAgreement("start ben");
    expect((ada.model as unknown as { canUndo(): boolean }).canUndo()).toBe(false);
  });

  test("does not take the starter text away", () => {
    const [ada] = together("seeded by the server");
    ada.undo();
    expectAgreement("seeded by the server");
  });

  test("puts the caret where the text came back", () => {
    const [ada, ben] = together("one two three");
    ada.select([4, 7]);
    ada.press("deleteLeft");
    exchange(ada, ben);
    ada.caret(0);
    ada.undo();
    exchange(ada, ben);
    expectAgreement("one two three");
    expect(ada.selection).toEqual([7, 7]);
  });

  test("ends a step when the caret is moved", () => {
    const [ada] = together("\n");
    ada.type("first");
    ada.editor.trigger("mouse", "cursorMove", { to: "down" });
    ada.type("second");
    ada.undo();
    expect(ada.value).toBe("first\n");
  });

  test("goes back to Monaco's own when the binding is gone", () => {
    const [ada] = together("");
    ada.binding.dispose();
    ada.type("x");
    ada.undo();
    expect(ada.value).toBe("");
    expect(ada.text.toJSON()).toBe("");
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
    expect(ben.selection).toEqual([5, 5]);
  });

  test("moves along with text inserted before it and stays for text after it", () => {
    const [ada, ben] = together("abcdef");
    ada.caret(3);
    ben.caret(1);
    ben.type("1");
    ben.caret(7);
    ben.type("2");
    exchange(ada, ben);
    expectAgreement("a1bcdef2");
    expect(ada.selection).toEqual([4, 4]);
  });

  test("does not grow a selection by what is inserted at its edges", () => {
    const [ada, ben] = together("abcdef");
    ada.select([2, 4]);
    ben.select([2, 2], [4, 4]);
    ben.type("__");
    exchange(ada, ben);
    expectAgreement("ab__cd__ef");
    expect(ada.selection).toEqual([4, 6]);
  });

  test("keeps the direction of a selection", () => {
    const [ada, ben] = together("abcdef");
    ada.select([4, 2]);
    ben.caret(0);
    ben.type("1");
    exchange(ada, ben);
    expect(ada.selection).toEqual([5, 3]);
  });

  test("lands where the text around it was removed", () => {
    const [ada, ben] = together("abcdef");
    ada.caret(3);
    ben.select([1, 5]);
    ben.press("deleteLeft");
    exchange(ada, ben);
    expectAgreement("af");
    expect(ada.selection).toEqual([1, 1]);
  });

  test("stays in its place when both type at the same spot", () => {
    const [ada, ben] = together("");
    for (const letter of "abc") {
      ada.type(letter);
      exchange(ada, ben);
      ben.type(letter.toUpperCase());
      exchange(ada, ben);
    }
    expectAgreement();
    expect(ada.value.replace(/[A-Z]/g, "")).toBe("abc");
    expect(ada.value.replace(/[a-z]/g, "")).toBe("ABC");
  });
});

describe("an input method", () => {
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  const compose = (site: Site, text: string, replaced = 0) => {
    const range = { text, replacePrevCharCnt: replaced, replaceNextCharCnt: 0, positionDelta: 0 };
    site.editor.trigger("keyboard", "compositionType", range);
  };

  test("keeps its line to itself until it is done", async () => {
    const [ada, ben] = together("one\n\nthree");
    ada.caret(4);
    ada.press("compositionStart");
    compose(ada, "か");
    exchange(ada, ben);
    expectAgreement("one\nか\nthree");

    ben.caret(4);
    ben.type("<");
    ben.caret(6);
    ben.type(">");
    exchange(ada, ben);
    expect(ada.value).toBe("one\nか\nthree"); // the browser owns this line now
    compose(ada, "かん", 1);
    compose(ada, "漢字", 2);
    ada.press("compositionEnd");
    await settle();
    exchange(ada, ben);
    expectAgreement("one\n<漢字>\nthree");
    expect(ada.selection).toEqual([7, 7]);
  });

  test("lets changes of other lines through", () => {
    const [ada, ben] = together("one\n\nthree");
    ada.caret(4);
    ada.press("compositionStart");
    compose(ada, "か");
    ben.caret(0);
    ben.type("zero\n");
    exchange(ada, ben);
    expectAgreement("zero\none\nか\nthree");
  });

  test("that began on a line which somebody removes loses nothing", async () => {
    const [ada, ben] = together("one\ntwo\nthree");
    ada.caret(7);
    ada.press("compositionStart");
    compose(ada, "é");
    ben.select([4, 8]);
    ben.press("deleteLeft");
    exchange(ada, ben);
    compose(ada, "éa", 1);
    ada.press("compositionEnd");
    await settle();
    exchange(ada, ben);
    expectAgreement("one\néathree");
  });

  test("that never ends does not keep the others out for ever", () => {
    vi.useFakeTimers();
    const [ada, ben] = together("word");
    ada.caret(4);
    ada.press("compositionStart");
    compose(ada, "s");
    exchange(ada, ben);
    ben.caret(0);
    ben.type("a ");
    exchange(ada, ben);
    expect(ada.value).toBe("words");
    vi.advanceTimersByTime(4_000);
    vi.useRealTimers();
    exchange(ada, ben);
    expectAgreement("a words");
  });

  test("ends with the editor", () => {
    const [ada, ben] = together("word");
    ada.caret(4);
    ada.press("compositionStart");
    compose(ada, "s");
    exchange(ada, ben);
    ben.caret(0);
    ben.type("a ");
    exchange(ada, ben);
    compose(ada, "sé", 1);
    ada.binding.dispose();
    exchange(ada, ben);
    expect(ada.text.toJSON()).toBe("a wordsé");
    expect(ben.value).toBe("a wordsé");
  });
});

describe("line ends", () => {
  test("a carriage return in the document is taken out of it, and both stay the same", () => {
    const [ada, ben] = together("one\ntwo");
    ada.text.insert(3, "\r\nmore\r");
    expect(ada.value).toBe(ada.text.toJSON());
    exchange(ada, ben);
    exchange(ada, ben);
    expectAgreement("one\nmore\ntwo");
    ben.caret(0);
    ben.type("#");
    exchange(ada, ben);
    expectAgreement("#one\nmore\ntwo");
  });

  test("a document that has them already is cleaned by whoever opens it", () => {
    const seed = new Y.Doc();
    seed.getText("code").insert(0, "a\r\nb\r\n");
    const start = Y.encodeStateAsUpdate(seed);
    sites = [new Site(10, start), new Site(11, start)];
    exchange(...sites);
    expectAgreement("a\nb\n");
  });

  test("who may not write shows the text without them", () => {
    const seed = new Y.Doc();
    seed.getText("code").insert(0, "a\r\nb");
    const watcher = new Site(10, Y.encodeStateAsUpdate(seed), false);
    expect(watcher.value).toBe("a\nb");
    watcher.text.doc?.transact(() => watcher.text.insert(3, "cd"), "network");
    expect(watcher.value).toBe("a\ncdb");
    expect(watcher.text.toJSON()).toBe("a\r\ncdb");
    watcher.dispose();
  });

  test("pasted text loses them before it is written", () => {
    const [ada, ben] = together("");
    ada.editor.trigger("keyboard", "paste", { text: "x\r\ny\rz" });
    exchange(ada, ben);
    expectAgreement("x\ny\nz");
  });

  test("the model cannot be switched to them", () => {
    const [ada, ben] = together("a\nb");
    ada.model.setEOL(monaco.editor.EndOfLineSequence.CRLF);
    expect(ada.model.getEOL()).toBe("\n");
    ada.caret(3);
    ada.type("!");
    exchange(ada, ben);
    expectAgreement("a\nb!");
  });
});

describe("the end of a model", () => {
  test("ends the binding, not the document", () => {
    const [ada, ben] = together("abc");
    ada.model.dispose();
    ben.caret(3);
    ben.type("d");
    exchange(ada, ben);
    expect(ada.text.toJSON()).toBe("abcd");
  });
});

/** A small generator with a seed, so that a failure can be had again. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const PIECES = ["a", "b\n", "\n", "  indent", "😀", "x\r\ny", "é", "long enough to matter", "\t", "}", ""];

describe("whatever happens", () => {
  test.each([1, 2, 3, 4, 5, 6])("three people at random converge (seed %i)", (seed) => {
    const pick = numbersFrom(seed);
    together("def solve():\n    return 42\n", 3);
    for (let step = 0; step < 250; step += 1) {
      const site = sites[pick(sites.length)]!;
      const place = () => pick(site.value.length + 1);
      switch (pick(9)) {
        case 0:
        case 1:
        case 2:
          site.caret(place());
          site.type(PIECES[pick(PIECES.length)]!);
          break;
        case 3:
          site.select([place(), place()], [place(), place()]);
          site.type(PIECES[pick(PIECES.length)]!);
          break;
        case 4:
          site.press("deleteLeft");
          break;
        case 5:
          site.undo();
          break;
        case 6:
          site.redo();
          break;
        case 7:
          site.deliver(...sites.filter((other) => other !== site));
          break;
        case 8:
          site.model.applyEdits([
            { range: monaco.Range.fromPositions(site.model.getPositionAt(place())), text: PIECES[pick(PIECES.length)]! },
          ]);
          break;
      }
      expect(site.value).toBe(site.text.toJSON());
    }
    exchange(...sites);
    exchange(...sites);
    expectAgreement();
  });
});
