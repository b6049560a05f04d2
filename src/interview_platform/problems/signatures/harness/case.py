"""Python's driver, part two: one case, that is the candidate's function, a call of it, and what is said of that."""

import json
import os
import sys
from typing import Any, NoReturn

from interview_platform.problems.signatures.harness.values import (
    Codec,
    ListNode,
    TreeNode,
    Wrong,
    decoder,
    encoder,
    named,
    quoted,
)

TEXT_MAX = 8_000  # characters of a message or a trace
TYPING = ("Any", "Deque", "DefaultDict", "Dict", "List", "Optional", "Set", "Tuple", "Union")

_write = os.write
_flushed = (sys.stdout, sys.stderr)


class Case:
    """The candidate's function with what surrounds a call of it."""

    def __init__(self, source: str, names: dict[str, str], parameters: list[Any], returns: Any, changed: Any) -> None:
        self.source = source
        self.names = names
        self.parameters = parameters
        self.decoders = [decoder(*type) for _, type, _ in parameters]
        self.encode = encoder(*returns)
        self.changed = changed
        self.code, self.error = compiled(source)

    def function(self) -> Any:
        """Runs the candidate's text, as a module that is not the main one."""
        if self.error is not None:
            raise self.error
        module = type(sys)("solution")
        sys.modules["solution"] = module
        namespace = vars(module)
        namespace.update(ListNode=ListNode, TreeNode=TreeNode, __file__="solution.py")
        if any(f"{name}[" in self.source for name in TYPING):
            import typing  # noqa: PLC0415 - takes as long as a whole case, and most have no need of it

            namespace.update({name: getattr(typing, name) for name in TYPING})
        exec(self.code, namespace)  # noqa: S102 - our purpose
        if "linecache" in sys.modules:  # for tracebacks that the candidate's code prints
            show_lines(self.source)
        solution = namespace.get("Solution")
        for name in (self.names["function"], self.names["camel"]):
            if callable(namespace.get(name)):
                return namespace[name]
            if isinstance(solution, type) and hasattr(solution, name):
                return getattr(solution(), name)
        return None

    def answer(self, arguments: list[Any]) -> str:
        """The JSON of what the function makes of it."""
        returned = self.function_of(arguments)
        value = returned if self.changed is None else arguments[self.changed]
        try:
            return str(self.encode(value))
        except Wrong as error:
            name = self.names["function"]
            verb = "returned" if self.changed is None else f"left in {self.parameters[self.changed][0]}"
            raise WrongType(f"{name} {verb} {error}; {self.names['returns']} is declared") from None

    def function_of(self, arguments: list[Any]) -> Any:
        function = self.function()
        if function is None:
            raise Missing(f"Define the function that is called: {self.names['declaration']}")
        try:
            return function(*arguments)
        except TypeError as error:
            # Raised by the call itself, not inside: the parameters are not those of the signature.
            if error.__traceback__ is not None and error.__traceback__.tb_next is None:
                called = ", ".join(name for name, _, _ in self.parameters)
                error.args = (f"{error}; it is called as {self.names['function']}({called})",)
            raise


def compiled(source: str) -> tuple[Any, BaseException | None]:
    """Once for all cases: compiling runs nothing of the text."""
    try:
        return compile(source, "solution.py", "exec", dont_inherit=True), None
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if isinstance(error, SyntaxError) and error.lineno:
            # The compiler looks for the line in a file, which is not there or is ours.
            error.text = "".join(source.splitlines(keepends=True)[error.lineno - 1 : error.lineno])
        return None, error


class WrongType(Exception):
    pass


class Missing(Exception):
    pass


def flush() -> None:
    for stream in (*_flushed, sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - contextlib takes its time to load
            stream.flush()
        except Exception:  # noqa: BLE001, S110 - closed or replaced by the candidate
            pass


def write(fd: int, text: str) -> None:
    data = text.encode()
    while data:
        data = data[_write(fd, data) :]


def framed(case: Case, line: bytes) -> str:
    """What a child tells its parent: a word, a space, JSON, the line's end."""
    try:
        given = json.loads(line)
        arguments = [decode(value) for decode, value in zip(case.decoders, given, strict=True)]
        frame = f'"ok": {case.answer(arguments)}'
    except SystemExit as error:
        frame = died(status=exit_status(error.code))
    except Missing as error:
        frame = failed("missing_function", str(error))
    except WrongType as error:
        frame = failed("wrong_type", str(error))
    except BaseException as error:  # noqa: BLE001 - whatever it raises is the answer
        frame = failed("exception", *described(error, case.source))
    flush()
    return f"{frame}\n"


def failed(kind: str, message: str, trace: str = "") -> str:
    more = f', "trace": {quoted(trace)}' if trace else ""
    return f'"error": {{"kind": "{kind}", "message": {quoted(message)}{more}}}'


def died(**how: int) -> str:
    return f'"error": {json.dumps({"kind": "died", **how})}'


def exit_status(code: Any) -> int:
    """As the interpreter does at `sys.exit(code)`."""
    if code is None or isinstance(code, int):
        return (code or 0) & 0xFF
    print(code, file=sys.stderr)  # noqa: T201
    return 1


def described(error: BaseException, source: str) -> tuple[str, str]:
    """The message and the traceback, of which only the candidate's part."""
    try:
        message = f"{type(error).__qualname__}: {error}"
    except Exception:  # noqa: BLE001 - its own __str__ fails
        message = named(error)
    try:
        trace = traceback_of(error, source)
    except Exception:  # noqa: BLE001 - no memory left, for example
        trace = ""
    if len(trace) > TEXT_MAX:
        trace = f"{trace[: TEXT_MAX // 2]}\n…\n{trace[-TEXT_MAX // 2 :]}"
    return message[:TEXT_MAX], trace


def traceback_of(error: BaseException, source: str) -> str:
    """Without the driver's frames."""
    import traceback  # noqa: PLC0415 - slow to load, and rarely needed

    show_lines(source)
    frame = error.__traceback__
    while frame is not None and frame.tb_frame.f_code.co_filename != "solution.py":
        frame = frame.tb_next
    return "".join(traceback.format_exception(type(error), error, frame))


def show_lines(source: str) -> None:
    """Tracebacks quote the candidate's lines, though there is no such file (or another one, which is ours)."""
    import linecache  # noqa: PLC0415 - see above

    linecache.cache["solution.py"] = (len(source), None, source.splitlines(keepends=True), "solution.py")


def call(case: Case) -> None:
    """Outside judging: one call with arguments from standard input, a line of JSON for each."""
    pairs = zip(case.parameters, case.decoders, strict=True)
    arguments = [argument(number, *pair) for number, pair in enumerate(pairs, 1)]
    try:
        answer = case.answer(arguments)
    except (Missing, WrongType) as error:
        stop(1, f"{error}\n")
    except Exception as error:  # noqa: BLE001 - as the interpreter ends, without the driver's part of the traceback
        stop(1, traceback_of(error, case.source))
    flush()
    write(1, f"{answer}\n")


def argument(number: int, parameter: Any, decode: Codec) -> Any:
    where = f"Standard input, line {number} ({parameter[0]})"
    line = sys.stdin.readline()
    if not line.strip():
        stop(2, f"{where} is missing: one line of JSON for each parameter\n")
    try:
        return decode(json.loads(line))
    except Wrong as error:
        stop(2, f"{where} is {error}; {parameter[2]} is expected\n")
    except (ValueError, RecursionError) as error:
        stop(2, f"{where} is not JSON: {error}\n")


def stop(status: int, said: str) -> NoReturn:
    flush()
    sys.stderr.write(said)
    raise SystemExit(status)
