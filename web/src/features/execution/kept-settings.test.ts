import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { type Asked, fakeServer, refusal, Status } from "@/lib/testing/fake-server";
import { chooseTheme, themeChoice } from "@/lib/theme";

import { changeEditorSettings, editorSettings, STANDARD } from "./editor-settings";
import { SettingsKeeper } from "./kept-settings";

const PATH = "/api/auth/me/settings";
const AT_FIRST = { theme: "system", ...STANDARD } as const;
const VIM = { ...AT_FIRST, theme: "dark", keys: "vim", fontSize: 20 } as const;

/** The wait of the code itself is half a second; this only bounds a failure on a busy machine. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 8000 });

let kept: unknown;
let asked: Asked[];
let keeper: SettingsKeeper | null = null;

const puts = () => asked.filter(({ method }) => method === "PUT").map(({ body }) => body);

async function comes(person: string): Promise<void> {
  keeper?.stop();
  keeper = new SettingsKeeper(person);
  await keeper.start();
}

beforeEach(() => {
  kept = null;
  asked = fakeServer({
    [`GET ${PATH}`]: () => ({ settings: kept }),
    [`PUT ${PATH}`]: ({ body }: Asked) => {
      kept = body;
      return { settings: body };
    },
  });
  chooseTheme("system");
  changeEditorSettings(STANDARD);
});

afterEach(() => {
  keeper?.stop();
  keeper = null;
});

test("what is on the account comes into this browser, and is not sent back", async () => {
  kept = VIM;
  await comes("ada");
  expect(themeChoice()).toBe("night");
  expect(editorSettings()).toMatchObject({ keys: "vim", fontSize: 20 });
  window.dispatchEvent(new Event("online"));
  await soon(() => expect(asked).toHaveLength(1));
  expect(puts()).toEqual([]);
});

test("who never set any keeps what this browser has", async () => {
  changeEditorSettings({ fontSize: 18 });
  await comes("ada");
  expect(editorSettings().fontSize).toBe(18);
  expect(puts()).toEqual([]);
});

test("a change is sent whole, once the reader has calmed down", async () => {
  await comes("ada");
  changeEditorSettings({ fontSize: 16 });
  changeEditorSettings({ fontSize: 18 });
  chooseTheme("day");
  await soon(() => expect(puts()).toHaveLength(1));
  expect(puts()).toEqual([{ ...AT_FIRST, theme: "light", fontSize: 18 }]);
});

test("what was changed while the account was asked is not overwritten", async () => {
  kept = VIM;
  const coming = comes("ada");
  changeEditorSettings({ keys: "emacs" });
  await coming;
  expect(editorSettings().keys).toBe("emacs");
  await soon(() => expect(puts()).toEqual([{ ...AT_FIRST, keys: "emacs" }]));
});

test("what could not be sent is sent by the next page, instead of being overwritten", async () => {
  await comes("ada");
  const answers = { [`PUT ${PATH}`]: new Status(503), [`GET ${PATH}`]: { settings: VIM } };
  asked = fakeServer(answers);
  changeEditorSettings({ tabSize: 8 });
  await soon(() => expect(puts()).toHaveLength(1));
  asked = fakeServer({ ...answers, [`PUT ${PATH}`]: ({ body }: Asked) => ({ settings: body }) });
  await comes("ada");
  await soon(() => expect(puts()).toEqual([{ ...AT_FIRST, tabSize: 8 }]));
  expect(editorSettings().tabSize).toBe(8);
});

test("the next person in this browser finds nothing of the one before", async () => {
  kept = VIM;
  await comes("ada");
  kept = null;
  await comes("ben");
  expect(editorSettings()).toEqual(STANDARD);
  expect(themeChoice()).toBe("system");
});

test("a server that refuses changes nothing here", async () => {
  changeEditorSettings({ fontSize: 18 });
  asked = fakeServer({ [`GET ${PATH}`]: refusal(401, "unauthenticated", "Sign in.") });
  await comes("ada");
  expect(editorSettings().fontSize).toBe(18);
});

test("another tab's choice holds here, too; nonsense does not", () => {
  const elsewhere = (value: string) => {
    localStorage.setItem("editor", value);
    window.dispatchEvent(new StorageEvent("storage", { key: "editor" }));
  };
  void comes("ada"); // watches
  elsewhere('{"keys":"vim","fontSize":15,"completion":"no"}');
  expect(editorSettings()).toEqual({ ...STANDARD, keys: "vim" });
  elsewhere("{broken");
  expect(editorSettings()).toEqual(STANDARD);
});
