// Says what TypeScript's compiler finds in a program, one line each: what a strict editor would underline.
//
//     node check.cjs <package typescript> <folder of type packages> <program>
//
// It must not complain of what Node takes, so the options say what Node is: modules of either kind, no browser.
"use strict";

const path = require("node:path");

const [compiler, types, program] = process.argv.slice(2);
const ts = require(path.join(compiler, "lib", "typescript.js"));

const MOST = 50; // one wrong declaration makes hundreds; nobody reads more

const options = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ESNext,
  lib: ["lib.esnext.d.ts"],
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force, // names at the top are the program's own, import or not
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  allowJs: true, // what is beside it
  checkJs: false,
  skipLibCheck: true,
  types: ["node"],
  typeRoots: [types],
};

function said(one) {
  const text = ts.flattenDiagnosticMessageText(one.messageText, "\n");
  if (!one.file) return text;
  const { line, character } = one.file.getLineAndCharacterOfPosition(one.start ?? 0);
  return `${path.basename(one.file.fileName)}:${line + 1}:${character + 1}: ${text} (TS${one.code})`;
}

const found = ts.getPreEmitDiagnostics(ts.createProgram([program], options));
const lines = found.slice(0, MOST).map(said);
if (found.length > MOST) lines.push(`… and ${found.length - MOST} more`);
if (lines.length) process.stdout.write(`${lines.join("\n")}\n`);
