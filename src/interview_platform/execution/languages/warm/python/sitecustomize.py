"""A Python that waits for its program, or makes copies of itself that run one (FORK_SERVER in its environment).

Python imports this module at the end of its own start, before it opens the program that stands on its command line. So
when it returns, everything is as in any other run: the interpreter runs the file, and no frame of ours is below it.

Standard library only; whatever Python the machine has.
"""

import importlib
import os
import sys

TYPE_CHECKING = False  # typing is not loaded yet, and must not be
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

IN, OUT = 5, 6
ALREADY = frozenset(sys.modules)

# What programs in interviews import. What these import comes with them.
MODULES = (
    *("abc", "array", "bisect", "collections", "contextlib", "copy", "dataclasses", "datetime", "decimal", "enum"),
    *("fractions", "functools", "heapq", "io", "itertools", "json", "math", "operator", "queue", "random", "re"),
    *("statistics", "string", "threading", "time", "traceback", "typing"),
)


def load() -> None:
    for name in MODULES:
        __import__(name)
    import gc
    import types

    # The collector need not look at all this again, not even at the program's end: that takes 5 ms off a run.
    gc.collect()
    gc.freeze()
    # But the program's own module must not be among it: at the end, what it holds would not be cleared away in time.
    main = types.ModuleType("__main__")
    main.__dict__.update(vars(sys.modules["__main__"]))
    sys.modules["__main__"] = main


def wait() -> None:
    """Until there is something to run."""
    import json

    os.write(OUT, b"ready\n")
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(IN, 1)  # what comes behind the line is the program's
        if not part:
            os._exit(0)
        line += part
    told = json.loads(line)
    if not told["exchange"]:
        os.close(IN)
        os.close(OUT)
    prepare(told["path"], told["arguments"], live=told["live"])


def fork(serve: "Callable[..., dict[str, Any]]", numbers: str) -> None:
    """Be a fork server; in the copy that is to run a file, return. `numbers`: see fork_server.serve."""
    keep_loaded()
    order = serve(*map(int, numbers.split()))
    prepare(order["path"], order["arguments"], live=order["live"])
    import signal

    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def keep_loaded() -> None:
    """Leave what is loaded now alone at the end: taking it down would copy all of its pages, 4 ms of a run."""
    import atexit
    import ctypes

    loaded = {name: module for name, module in sys.modules.items() if name not in ("__main__", "builtins", "sys")}
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(loaded))  # for good

    def spare() -> None:
        for name in loaded:
            sys.modules.pop(name, None)

    atexit.register(spare)  # the first to be registered is the last to be called


def prepare(path: str, arguments: list[str], *, live: bool) -> None:
    sys.argv[1:] = arguments
    sys.orig_argv[len(sys.orig_argv) :] = arguments
    forget(os.path.dirname(path))
    if live:
        unbuffer()


def forget(folder: str) -> None:
    """What lies beside the program goes before the library, as if we had imported nothing."""
    beside = {name.partition(".")[0] for name in os.listdir(folder)}
    for name in [name for name in sys.modules if name not in ALREADY and name.partition(".")[0] in beside]:
        del sys.modules[name]


def unbuffer() -> None:
    """As -u does."""
    import io

    sys.stdin.reconfigure(write_through=True)  # type: ignore[union-attr] # that of a run is a TextIOWrapper
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        old = getattr(sys, name)
        raw = io.FileIO(descriptor, "wb", closefd=False)
        raw.name = f"<{name}>"
        new = io.TextIOWrapper(raw, old.encoding, old.errors, newline="\n", write_through=True)
        new.mode = "w"  # type: ignore[misc] # as the interpreter sets it
        setattr(sys, name, new)
        setattr(sys, f"__{name}__", new)


def hide() -> None:
    """Be what would be here without us: the machine's own module of this name, if it has one."""
    import contextlib
    import types

    here = os.path.dirname(__file__)
    sys.path[:] = [path for path in sys.path if path != here]
    sys.path_importer_cache.pop(here, None)
    os.environ.pop("PYTHONPATH", None)
    del sys.modules["sitecustomize"]
    with contextlib.suppress(ImportError):
        importlib.import_module("sitecustomize")
    # Whoever imports a module takes it out of here once more when it has been run.
    sys.modules.setdefault("sitecustomize", types.ModuleType("sitecustomize"))


def go_on() -> None:
    numbers = os.environ.pop("FORK_SERVER", None)
    server = importlib.import_module("fork_server") if numbers else None  # while the way to it is there
    hide()
    load()
    if server is not None and numbers is not None:
        del sys.modules["fork_server"], sys.modules["hot_pages"]
        fork(server.serve, numbers)
    else:
        wait()


try:
    go_on()
except Exception as error:  # noqa: BLE001 - all that Python would catch
    # Python would take it lightly, and run what stands on its command line without what should have come first.
    os.write(2, f"it could not wait for its program: {error!r}\n".encode())
    os._exit(1)
