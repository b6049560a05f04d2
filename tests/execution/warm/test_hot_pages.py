"""What the fork server learns of the pages that its copies write to, in a process of its own."""

import json
import subprocess
import sys

from interview_platform.execution.languages.python import _WARM

LEARNS = """
import ctypes, json, mmap, os, resource, sys
sys.path.append(sys.argv[1])
import hot_pages

PAGE = mmap.PAGESIZE
held = mmap.mmap(-1, 64 * PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
ctypes.pythonapi.Py_IncRef(ctypes.py_object(held))  # for good: what is given back at exit is not there to be looked at
start = ctypes.addressof(ctypes.c_char.from_buffer(held))
for page in range(64):
    held[page * PAGE] = 1  # it is there, and will be shared

def write():
    for page in (3, 40):
        held[page * PAGE] = 2

def faults(page):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    held[page * PAGE] = 2
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

pid = os.fork()
if pid == 0:
    hot_pages.stop_at_exit()
    write()
    sys.exit(0)
ranges = hot_pages.written_by(pid)
pages = [(at - start) // PAGE + n for at, size in ranges for n in range(size // PAGE)]
try:
    left = os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    left = None
pid = os.fork()
if pid == 0:
    hot_pages.copy(ranges)
    faults(50), faults(51)  # what the interpreter itself writes to, it has then
    os._exit((faults(3) + faults(40)) * 2 + faults(20))
print(json.dumps([[page for page in pages if 0 <= page < 64], left, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])]))
"""

BLIND = """
import hot_pages
def untold():
    raise OSError("no pagemap")
hot_pages._own = untold
"""


def _learnt(code: str) -> list[object]:
    command = [sys.executable, "-c", code, str(_WARM.source)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: list[object] = json.loads(done.stdout)
    return answer


def test_the_pages_that_a_copy_wrote_to_and_no_others_are_copied_ahead() -> None:
    pages, left, faults = _learnt(LEARNS)
    assert (pages, left) == ([3, 40], None)
    assert faults == 1  # none for the two, one for another


def test_where_the_kernel_does_not_tell_nothing_is_left_behind() -> None:
    pages, left, _ = _learnt(LEARNS.replace("import hot_pages\n", BLIND, 1))
    assert (pages, left) == ([], None)
