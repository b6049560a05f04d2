import { readFileSync } from "node:fs";

const lines: string[] = readFileSync(0, "utf8").trimEnd().split("\n");
for (const line of lines) {
  console.log(line);
}
