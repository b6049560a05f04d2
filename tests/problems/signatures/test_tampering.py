"""Programs that try to pass without the answer, or to spoil what others would say."""

import os
from pathlib import Path

from interview_platform.kit.exchange import answer_in
from interview_platform.problems.signatures.model import Signature
from tests.problems.signatures.talking import build, talk, talk_in_batch

TWO_SUM = Signature.parse("two_sum", [("nums", "list<int>"), ("target", "int")], "list<int>")
LINES = ["[[1,2],0]", "[[3,4],1]", "[[5,6],2]"]


def python(body: str, folder: Path, before: str = "") -> list[object]:
    source = f"import os, sys, json\n{before}\ndef two_sum(nums, target):\n{body}    return nums\n"
    return list(talk(build("python", TWO_SUM, source, folder), LINES).values)


def test_printing_what_is_expected_is_no_answer(tmp_path: Path) -> None:
    for language, source in {
        "python": "import os\ndef two_sum(nums, target):\n    print([1, 0], flush=True)\n    os._exit(0)\n",
        "javascript": "function twoSum() { console.log('[1,0]'); process.exit(0); }",
        "cpp": "#include <cstdio>\n#include <cstdlib>\n#include <vector>\n"
        'std::vector<int> twoSum(std::vector<int>&, int) { puts("[1,0]"); exit(0); }\n',
    }.items():
        said = talk(build(language, TWO_SUM, source, tmp_path / language), LINES[:1])
        assert all("ok" not in answer for answer in said.answers)
        assert "[1" in said.stdout


def test_lines_without_the_secret_are_noise(tmp_path: Path) -> None:
    forged = '0123456789abcdef0123456789abcdef {"n": 0, "ok": [9]}'
    source = f"""
    const fs = require("node:fs");
    function twoSum(nums) {{
        fs.writeSync(6, '{forged}\\n');
        fs.writeSync(6, '{{"n": 1, "ok": [9]}}\\n\\n \\n');
        return nums;
    }}"""
    said = talk(build("javascript", TWO_SUM, source, tmp_path), LINES)
    assert said.values == [[1, 2], [3, 4], [5, 6]]
    assert forged in said.raw


def test_a_case_of_python_has_neither_channel_nor_secret(tmp_path: Path) -> None:
    spy = """
    import gc
    found = [name for name in os.listdir("/proc/self/fd") if name in ("5", "6")]
    frames, frame = [], sys._getframe()
    while frame is not None:
        frames += [key for key in frame.f_locals if key in ("secret", "lines", "sink")]
        frame = frame.f_back
    print(found, frames, flush=True)
    for fd in range(3, 20):
        try:
            os.write(fd, b'"ok": [9]}\\nforged {"n": 1}\\n')
        except OSError:
            pass
"""
    source = f"import os, sys\ndef two_sum(nums, target):\n{spy}    return nums\n"
    said = talk(build("python", TWO_SUM, source, tmp_path), LINES)
    assert said.stdout == "[] []\n" * 3
    # Through the pipe it can say whatever it likes, of its own case only: it could have returned that.
    assert len(said.raw.splitlines()) == 3
    assert [answer_in(line, "forged") for line in said.raw.splitlines()] == [None] * 3


def test_a_case_of_cpp_has_neither_channel_nor_later_inputs(tmp_path: Path) -> None:
    source = r"""
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>
#include <vector>
int early = printf("early %d %d\n", fcntl(5, F_GETFD), fcntl(6, F_GETFD));
std::vector<int> twoSum(std::vector<int>& nums, int) {
    char sign;
    printf("%zd\n", read(0, &sign, 1));
    return nums;
}
"""
    built = build("cpp", TWO_SUM, source, tmp_path)
    said = talk(built, LINES)
    assert said.values == [[1, 2], [3, 4], [5, 6]]
    assert said.stdout == "early -1 -1\n0\n" * 3
    # On standard input there would be something to read: it is not the program's.
    assert talk_in_batch(built, LINES).values == [[1, 2], [3, 4], [5, 6]]


def test_later_inputs_are_not_there_yet(tmp_path: Path) -> None:
    source = """
    const fs = require("node:fs");
    function twoSum(nums) {
        const found = require("node:child_process").spawnSync("/bin/sh", ["-c",
            "exec 2>/dev/null; timeout 0.2 cat <&5"], { stdio: [0, "pipe", "pipe", "pipe", "pipe", 5] });
        console.log(JSON.stringify(String(found.stdout)));
        return nums;
    }"""
    said = talk(build("javascript", TWO_SUM, source, tmp_path), LINES)
    assert said.values == [[1, 2], [3, 4], [5, 6]]
    assert said.stdout == '""\n' * 3


def test_a_patched_interpreter_still_answers(tmp_path: Path) -> None:
    patches = """
import builtins, types
def broken(*a, **k): raise SystemError("patched")
json.loads = json.dumps = json.JSONEncoder.encode = json.encoder.encode_basestring_ascii = broken
os.write = os.read = os._exit = os.fork = broken
sys.stdout = sys.stderr = types.SimpleNamespace(write=broken, flush=broken)
for name in ("print", "len", "isinstance", "list", "int", "str", "repr", "type", "map", "set", "issubclass", "min"):
    setattr(builtins, name, broken)
"""
    values = python("    pass\n", tmp_path / "at-the-end", patches.replace("os._exit = ", ""))
    assert values == [[1, 2], [3, 4], [5, 6]]


def test_python_cannot_leave_anything_for_the_next_case(tmp_path: Path) -> None:
    before = "seen = []\nimport atexit\natexit.register(lambda: print('late'))\n"
    body = "    seen.append(target)\n    os.environ['LEFT'] = os.environ.get('LEFT', '') + 'x'\n"
    body += "    nums[:] = [len(seen), len(os.environ['LEFT'])]\n"
    assert python(body, tmp_path, before) == [[1, 1]] * 3


def test_threads_and_processes_left_behind_do_not_hold_up_the_next_case(tmp_path: Path) -> None:
    body = "    import threading, time\n    threading.Thread(target=time.sleep, args=(1000,)).start()\n"
    body += "    if os.fork() == 0:\n        time.sleep(1000)\n"
    assert python(body, tmp_path / "answered") == [[1, 2], [3, 4], [5, 6]]
    # The pipe stays open in a process that outlives the case.
    body = "    import time\n    if os.fork() == 0:\n        time.sleep(1000)\n    os._exit(4)\n"
    assert python(body, tmp_path / "died") == [{"kind": "died", "status": 4}] * 3


def test_a_case_that_closes_everything_is_dead(tmp_path: Path) -> None:
    assert python("    os.closerange(0, 100)\n", tmp_path) == [{"kind": "died", "status": 1}] * 3


def test_much_output_does_not_block_the_answer(tmp_path: Path) -> None:
    source = "def two_sum(nums, target):\n    print('x' * 3_000_000)\n    return nums * 100_000\n"
    said = talk(build("python", TWO_SUM, source, tmp_path), LINES)
    assert [len(value) for value in said.values] == [200_000] * 3
    assert len(said.stdout) == 9_000_003


def test_where_fork_is_refused_cases_run_in_the_process(tmp_path: Path) -> None:
    sources = {
        "python": "import sys\ndef two_sum(nums, target):\n    if target == 1: sys.exit(3)\n    return nums\n",
        "cpp": "#include <stdexcept>\n#include <vector>\nstatic std::vector<int> zero = {0};\n"
        "std::vector<int> twoSum(std::vector<int>& nums, int target) {\n"
        '    if (target == 1) throw std::runtime_error("bad");\n    zero[0] = 1;\n    return nums;\n}\n',
    }
    for language, source in sources.items():
        built = build(language, TWO_SUM, source, tmp_path / language)
        # The limit does not hold for root, who gives that up first.
        ordinary = ["/usr/bin/setpriv", "--reuid", "64999", "--clear-groups"] if os.geteuid() == 0 else []
        refused = [*ordinary, "/usr/bin/prlimit", "--nproc=1"]
        for parent in (built.folder, tmp_path, *tmp_path.parents[:3]):
            parent.chmod(0o755)
        said = talk(type(built)(built.folder, [*refused, *built.command], ""), LINES)
        assert [said.values[0], said.values[2]] == [[1, 2], [5, 6]], said
        assert said.values[1]["kind"] == ("died" if language == "python" else "exception")
        assert all(answer["memory"] > 100_000 for answer in said.answers)
