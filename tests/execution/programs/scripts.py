"""Languages whose source is run as it is."""

from collections.abc import Mapping

from tests.execution.programs.tried import Tried

SQL = Tried(
    echo=None,
    status_3=None,
    broken="SELECT * FROM nonsense;",
    endless="""
SELECT 'before' AS word;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0;
""",
    greedy="""
CREATE TABLE kept (b BLOB);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) INSERT INTO kept SELECT randomblob(1000000) FROM n;
""",
)

RUBY = Tried(
    echo='lines = readlines(chomp: true)\nputs lines.size\nputs "Grüße 😀 #{lines.last}"',
    status_3='puts "before"\nexit 3',
    broken="nonsense()",
    endless='puts "before"\nloop {}',
    greedy='kept = []\nloop { kept << "x" * (8 << 20) }',
)

PHP = Tried(
    echo="""<?php
$lines = file("php://stdin", FILE_IGNORE_NEW_LINES);
echo count($lines), "\\nGrüße 😀 ", end($lines), "\\n";
""",
    status_3='<?php\necho "before\\n";\nexit(3);',
    broken="<?php\nnonsense();",
    endless='<?php\necho "before\\n";\nwhile (true);',
    greedy='<?php\n$kept = [];\nwhile (true) $kept[] = str_repeat("x", 8 << 20);',
)

R = Tried(
    echo='lines <- readLines(file("stdin"))\ncat(length(lines), "\\nGrüße 😀 ", tail(lines, 1), "\\n", sep = "")',
    status_3='cat("before\\n")\nquit(status = 3)',
    broken="nonsense()",
    endless='cat("before\\n")\nrepeat {}',
    greedy="kept <- list()\nrepeat kept[[length(kept) + 1]] <- rnorm(1e6)",
)

BASH = Tried(
    echo='mapfile -t lines\necho "${#lines[@]}"\necho "Grüße 😀 ${lines[-1]}"',
    status_3="echo before\nexit 3",
    broken="nonsense\nexit $?",
    endless="echo before\nwhile :; do :; done",
    greedy='kept=$(printf "%01000000d" 0)\nwhile :; do kept="$kept$kept"; done',
)

PERL = Tried(
    echo='chomp(my @lines = <STDIN>);\nprint scalar(@lines), "\\nGrüße 😀 $lines[-1]\\n";',
    status_3='print "before\\n";\nexit 3;',
    broken="nonsense();",
    endless='print "before\\n";\n1 while 1;',
    greedy='my @kept;\npush @kept, "x" x (8 << 20) while 1;',
)

LUA = Tried(
    echo='local n, last = 0\nfor line in io.lines() do n, last = n + 1, line end\nprint(n)\nprint("Grüße 😀 " .. last)',
    status_3='print("before")\nos.exit(3)',
    broken="nonsense()",
    endless='print("before")\nwhile true do end',
    greedy='local kept = {}\nwhile true do kept[#kept + 1] = string.rep("x", 8 << 20) .. #kept end',
)

TRIED: Mapping[str, Tried] = {
    "sql": SQL,
    "ruby": RUBY,
    "php": PHP,
    "r": R,
    "bash": BASH,
    "perl": PERL,
    "lua": LUA,
}
