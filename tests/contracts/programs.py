"""The same small programs in every language of the product."""

from collections.abc import Mapping

Programs = Mapping[str, str]
"""Language id -> source."""

HELLO: Programs = {
    "python": 'print("Hello, world")',
    "javascript": 'console.log("Hello, world");',
    "typescript": 'const text: string = "Hello, world";\nconsole.log(text);',
    "java": 'public class Main { public static void main(String[] a) { System.out.println("Hello, world"); } }',
    "c": '#include <stdio.h>\nint main(void) { puts("Hello, world"); }',
    "cpp": '#include <iostream>\nint main() { std::cout << "Hello, world" << std::endl; }',
}

# Reads all of standard input, prints the number of its lines, then its last line with "Grüße 😀" before it.
ECHO: Programs = {
    "python": 'import sys\nlines = sys.stdin.read().splitlines()\nprint(len(lines))\nprint("Grüße 😀", lines[-1])',
    "javascript": (
        'const lines = require("fs").readFileSync(0, "utf8").trimEnd().split("\\n");\n'
        'console.log(lines.length);\nconsole.log("Grüße 😀", lines.at(-1));'
    ),
    "typescript": (
        'import { readFileSync } from "node:fs";\n'
        'const lines: string[] = readFileSync(0, "utf8").trimEnd().split("\\n");\n'
        'console.log(lines.length);\nconsole.log("Grüße 😀", lines.at(-1)!);'
    ),
    "java": (
        "import java.io.*;\nimport java.nio.charset.StandardCharsets;\npublic class Main {\n"
        "  public static void main(String[] a) throws IOException {\n"
        "    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));\n"
        "    var lines = in.lines().toList();\n"
        "    System.out.println(lines.size());\n"
        '    System.out.println("Grüße 😀 " + lines.get(lines.size() - 1));\n  }\n}'
    ),
    "c": (
        "#include <stdio.h>\n#include <string.h>\nint main(void) {\n"
        "  static char line[100000], last[100000];\n  int n = 0;\n"
        "  while (fgets(line, sizeof line, stdin)) { n++; strcpy(last, line); }\n"
        '  printf("%d\\nGrüße 😀 %s", n, last);\n}'
    ),
    "cpp": (
        "#include <iostream>\n#include <string>\nint main() {\n  std::string line, last;\n  int n = 0;\n"
        "  while (std::getline(std::cin, line)) { n++; last = line; }\n"
        '  std::cout << n << "\\nGrüße 😀 " << last << "\\n";\n}'
    ),
}

# Prints "before" and then ends with status 3.
STATUS_3: Programs = {
    "python": 'import sys\nprint("before")\nsys.exit(3)',
    "javascript": 'console.log("before");\nprocess.exit(3);',
    "typescript": 'console.log("before");\nprocess.exit(3 as number);',
    "java": (
        'public class Main { public static void main(String[] a) { System.out.println("before"); System.exit(3); } }'
    ),
    "c": '#include <stdio.h>\nint main(void) { puts("before"); return 3; }',
    "cpp": '#include <iostream>\nint main() { std::cout << "before\\n"; return 3; }',
}

# Fails by itself, with the word "broken" on standard error.
CRASH: Programs = {
    "python": 'raise ValueError("broken")',
    "javascript": 'throw new Error("broken");',
    "typescript": 'throw new Error("broken" as string);',
    "java": 'public class Main { public static void main(String[] a) { throw new RuntimeException("broken"); } }',
    "c": '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { fputs("broken", stderr); abort(); }',
    "cpp": '#include <stdexcept>\nint main() { throw std::runtime_error("broken"); }',
}

# Does not compile, because of something called "nonsense".
NOT_COMPILING: Programs = {
    "java": "public class Main { public static void main(String[] a) { nonsense(); } }",
    "c": "int main(void) { return nonsense; }",
    "cpp": "int main() { return nonsense; }",
}

# Prints "before", then never ends.
ENDLESS: Programs = {
    "python": 'print("before")\nwhile True: pass',
    "javascript": 'console.log("before");\nfor (;;);',
    "typescript": 'console.log("before");\nfor (;;);',
    "java": (
        'public class Main { public static void main(String[] a) { System.out.println("before"); while (true); } }'
    ),
    "c": '#include <stdio.h>\nint main(void) { puts("before"); for (;;); }',
    "cpp": '#include <iostream>\nint main() { std::cout << "before\\n"; for (;;) asm volatile(""); }',
}

# Takes memory until it is stopped.
GREEDY: Programs = {
    "python": "kept = []\nwhile True: kept.append(bytearray(8 << 20))",
    "javascript": "const kept = [];\nfor (;;) kept.push(new Array(1e6).fill(kept.length + 0.5));",
    "typescript": "const kept: number[][] = [];\nfor (;;) kept.push(new Array(1e6).fill(kept.length + 0.5));",
    "java": (
        "import java.util.*;\npublic class Main { public static void main(String[] a) {\n"
        "  var kept = new ArrayList<long[]>(); while (true) kept.add(new long[1 << 20]); } }"
    ),
    "c": "#include <stdlib.h>\n#include <string.h>\nint main(void) { for (;;) memset(malloc(8 << 20), 1, 8 << 20); }",
    "cpp": "#include <vector>\nint main() { std::vector<std::vector<char>> v; for (;;) v.emplace_back(8 << 20, 'x'); }",
}
