// Fails when a text in the source is missing from `src/locales/en.po`, or the other way round.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const catalogue = new URL("../src/locales/en.po", import.meta.url);

/** @param {string} text */
const withoutHeader = (text) => text.slice(text.indexOf("\n\n"));

let before = "";
try {
  before = readFileSync(catalogue, "utf8");
} catch {
  // The first extraction makes it.
}
execFileSync("npx", ["--no-install", "lingui", "extract", "--clean"], { stdio: ["ignore", "ignore", "inherit"] });
if (withoutHeader(before) !== withoutHeader(readFileSync(catalogue, "utf8"))) {
  writeFileSync(catalogue, before);
  console.error("src/locales/en.po is not what the source says. Run `npm run extract` and commit it.");
  process.exit(1);
}
writeFileSync(catalogue, before);
