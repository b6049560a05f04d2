import { expect, test } from "vitest";

import { readsInput } from "./reads-input";

test.each([
  'name = input("Name? ")',
  "import sys\nfor line in sys.stdin: print(line)",
  "require('readline').createInterface({ input: process.stdin })",
  'const text = require("fs").readFileSync(0, "utf8")',
  "new java.util.Scanner(System.in).nextInt()",
  "int n; std::cin >> n;",
  'scanf("%d", &n);',
  "reader := bufio.NewReader(os.Stdin)".replace("Stdin", "stdin"),
  "io::stdin().read_line(&mut line)",
  "name = gets",
  "$line = <STDIN>;",
  "main = interact id",
  "read -r name",
])("reads: %s", (source) => {
  expect(readsInput(source)).toBe(true);
});

test.each(['print("hello")', "class Solution { twoSum() { return [0, 1]; } }", "while True: pass", "#include <iostream>\nint main() { std::cout << 42; }"])(
  "does not read: %s",
  (source) => {
    expect(readsInput(source)).toBe(false);
  },
);
