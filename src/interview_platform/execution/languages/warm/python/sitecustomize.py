"""A Python that waits for its program.

Python imports this module at the end of its own start, before it opens the program that stands on its command line. So
when it returns, everything is as in any other run: the interpreter runs the file, and no frame of ours is below it.

Standard library only; whatever Python the machine has.
"""

import os
import sys

IN, OUT = 5, 6
ALREADY = frozenset(sys.modules)

# What programs in interviews import. What these import comes with them.
MODULES = (
    *("abc", "array", "bisect", "collections", "contextlib", "copy", "dataclasses", "datetime", "decimal", "enum"),
    *("fractions", "functools", "heapq", "io", "itertools", "json", "math", "operator", "queue", "random", "re"),
    *("statistics", "string", "threading", "time", "traceback", "typing"),
)


def wait() -> None:
    for name in MODULES:
        __import__(name)
    import gc
    import json

    # The collector need not look at all this again, not even at the program's end: that takes 5 ms off a run.
    gc.collect()
    gc.freeze()
    os.write(OUT, b"ready\n")
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(IN, 65536)
        if not part:
            os._exit(0)
        line += part
    told = json.loads(line)
    sys.argv[1:] = told["arguments"]
    sys.orig_argv[len(sys.orig_argv) :] = told["arguments"]
    forget(os.path.dirname(told["path"]))
    if told["live"]:
        unbuffer()
    if not told["exchange"]:
        os.close(IN)
        os.close(OUT)


def forget(folder: str) -> None:
    """What lies beside the program goes before the library, as if we had imported nothing."""
    beside = {name.partition(".")[0] for name in os.listdir(folder)}
    for name in [name for name in sys.modules if name not in ALREADY and name.partition(".")[0] in beside]:
        del sys.modules[name]


def unbuffer() -> None:
    """As -u does."""
    import io

    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        old = getattr(sys, name)
        raw = io.FileIO(descriptor, "wb", closefd=False)
        new = io.TextIOWrapper(raw, old.encoding, old.errors, newline="\n", write_through=True)
        new.mode = "w"  # type: ignore[misc] # as the interpreter sets it
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)


def hide() -> None:
    """Be what would be here without us: the machine's own module of this name, if it has one."""
    import contextlib
    import importlib

    here = os.path.dirname(__file__)
    sys.path[:] = [path for path in sys.path if path != here]
    sys.path_importer_cache.pop(here, None)
    os.environ.pop("PYTHONPATH", None)
    del sys.modules["sitecustomize"]
    with contextlib.suppress(ImportError):
        importlib.import_module("sitecustomize")


hide()
wait()
