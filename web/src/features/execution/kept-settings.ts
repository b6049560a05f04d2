/** Brings the editor's settings and the theme from the reader's account into this browser, and what they change back. */
import { useEffect } from "react";

import { useMe } from "@/features/accounts/use-me";
import { answer, api, type Schemas } from "@/lib/api/client";
import { recall, remember } from "@/lib/storage";
import { chooseTheme, type ThemeChoice, themeChoice, watchTheme } from "@/lib/theme";

import { changeEditorSettings, editorSettings, STANDARD, watchEditorSettings } from "./editor-settings";

type Kept = Schemas["EditorSettingsView"];

/** Somebody tries sizes: only where they stop is sent. */
const CALM_MS = 500;
const THEMES: Record<Kept["theme"], ThemeChoice> = { system: "system", light: "day", dark: "night" };
const NAMES: Record<ThemeChoice, Kept["theme"]> = { system: "system", day: "light", night: "dark" };

/** Whose settings this browser has, and whether the server does not know the newest yet. */
interface Note {
  person: string;
  unsaved: boolean;
}
const NOTE = "settings-of";
const isNote = (value: unknown): value is Note =>
  typeof value === "object" && value !== null && "person" in value && typeof value.person === "string" && "unsaved" in value;

const present = (): Kept => ({ theme: NAMES[themeChoice()], ...editorSettings() });

function apply({ theme, ...settings }: Kept): void {
  chooseTheme(THEMES[theme]);
  changeEditorSettings(settings);
}

export class SettingsKeeper {
  /** What the server has, or need not be told. */
  #known = JSON.stringify(present());
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending = Promise.resolve();
  #unwatch: (() => void)[] = [];

  constructor(private readonly person: string) {}

  async start(): Promise<void> {
    this.#unwatch = [watchTheme(this.#changed), watchEditorSettings(this.#changed)];
    window.addEventListener("online", this.#save);
    const note = recall(NOTE, isNote);
    if (note?.unsaved && note.person === this.person) {
      this.#known = "";
      this.#save();
      return;
    }
    try {
      const { settings } = await answer(api.GET("/api/auth/me/settings"));
      const untouched = this.#unwatch.length > 0 && this.#known === JSON.stringify(present());
      if (untouched) this.#take(settings, note);
    } catch {
      // What this browser has goes on; the next page asks again.
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    window.removeEventListener("online", this.#save);
    for (const unwatch of this.#unwatch) unwatch();
    this.#unwatch = [];
  }

  #take(settings: Kept | null, note: Note | null): void {
    // Who never set any keeps what is here, unless somebody else has left it.
    const somebodyElses = note !== null && note.person !== this.person;
    const taken = settings ?? (somebodyElses ? { theme: "system" as const, ...STANDARD } : present());
    // Before the stores tell: it is nothing to be saved.
    this.#known = JSON.stringify(orderly(taken));
    remember(NOTE, { person: this.person, unsaved: false } satisfies Note);
    apply(taken);
  }

  readonly #changed = (): void => {
    const unsaved = JSON.stringify(present()) !== this.#known;
    remember(NOTE, { person: this.person, unsaved } satisfies Note);
    clearTimeout(this.#timer);
    if (unsaved) this.#timer = setTimeout(this.#save, CALM_MS);
  };

  /** One after the other: the last that was sent is the last to arrive. */
  readonly #save = (): void => {
    this.#sending = this.#sending.then(() => this.#put());
  };

  async #put(): Promise<void> {
    const body = present();
    const sent = JSON.stringify(body);
    if (sent === this.#known) return;
    try {
      await answer(api.PUT("/api/auth/me/settings", { body }));
    } catch {
      return; // noted as unsaved: with the next change, connection or page
    }
    this.#known = sent;
    remember(NOTE, { person: this.person, unsaved: JSON.stringify(present()) !== sent } satisfies Note);
  }
}

/** In the order of `present`, so that two of them can be compared as texts. */
const orderly = ({ theme, ...settings }: Kept): Kept => ({ theme, ...STANDARD, ...settings });

/** Renders nothing. */
export default function KeptSettings(): null {
  const { me } = useMe();
  const id = me?.id;
  useEffect(() => {
    if (!id) return;
    const keeper = new SettingsKeeper(id);
    void keeper.start();
    return () => keeper.stop();
  }, [id]);
  return null;
}
