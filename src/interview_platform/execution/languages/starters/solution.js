const { readFileSync } = require("node:fs");

const lines = readFileSync(0, "utf8").trimEnd().split("\n");
for (const line of lines) {
  console.log(line);
}
