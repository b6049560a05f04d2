/** The languages of the light editor, each a small chunk that is loaded when a file of it is opened. Ids are Monaco's. */
import { LanguageSupport, StreamLanguage, type StreamParser } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

type Load = () => Promise<Extension>;

/** What older colourings bring is an object; ours wraps it. */
async function stream(parser: Promise<StreamParser<unknown>>): Promise<Extension> {
  return new LanguageSupport(StreamLanguage.define(await parser));
}

const clike = () => import("@codemirror/legacy-modes/mode/clike");

/** What is not here (Elixir, Prolog) is shown as plain text. */
const LANGUAGES: Partial<Record<string, Load>> = {
  python: async () => (await import("@codemirror/lang-python")).python(),
  javascript: async () => (await import("@codemirror/lang-javascript")).javascript(),
  typescript: async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true }),
  java: async () => (await import("@codemirror/lang-java")).java(),
  c: async () => (await import("@codemirror/lang-cpp")).cpp(),
  cpp: async () => (await import("@codemirror/lang-cpp")).cpp(),
  go: async () => (await import("@codemirror/lang-go")).go(),
  rust: async () => (await import("@codemirror/lang-rust")).rust(),
  sql: async () => (await import("@codemirror/lang-sql")).sql(),
  php: async () => (await import("@codemirror/lang-php")).php(),
  clojure: () => stream(import("@codemirror/legacy-modes/mode/clojure").then((mode) => mode.clojure)),
  csharp: () => stream(clike().then((mode) => mode.csharp)),
  fortran: () => stream(import("@codemirror/legacy-modes/mode/fortran").then((mode) => mode.fortran)),
  fsharp: () => stream(import("@codemirror/legacy-modes/mode/mllike").then((mode) => mode.fSharp)),
  haskell: () => stream(import("@codemirror/legacy-modes/mode/haskell").then((mode) => mode.haskell)),
  kotlin: () => stream(clike().then((mode) => mode.kotlin)),
  lua: () => stream(import("@codemirror/legacy-modes/mode/lua").then((mode) => mode.lua)),
  pascal: () => stream(import("@codemirror/legacy-modes/mode/pascal").then((mode) => mode.pascal)),
  perl: () => stream(import("@codemirror/legacy-modes/mode/perl").then((mode) => mode.perl)),
  r: () => stream(import("@codemirror/legacy-modes/mode/r").then((mode) => mode.r)),
  ruby: () => stream(import("@codemirror/legacy-modes/mode/ruby").then((mode) => mode.ruby)),
  scala: () => stream(clike().then((mode) => mode.scala)),
  scheme: () => stream(import("@codemirror/legacy-modes/mode/scheme").then((mode) => mode.scheme)),
  shell: () => stream(import("@codemirror/legacy-modes/mode/shell").then((mode) => mode.shell)),
  swift: () => stream(import("@codemirror/legacy-modes/mode/swift").then((mode) => mode.swift)),
};

/** Nothing for what is unknown, or cannot be had just now: it is only colours. */
export async function languageOf(id: string): Promise<Extension> {
  try {
    return (await LANGUAGES[id]?.()) ?? [];
  } catch {
    return [];
  }
}
