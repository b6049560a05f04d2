"""Line ends are one newline: carriage returns are taken out of plain and of shared texts."""

import re
from collections.abc import Iterable

from pycrdt import Text

_RUN = re.compile("\r+")
_ONE_BY_ONE = 20
"""As many returns are taken out where they are. Each costs the library two walks through the text (1.5 ms each when
it was typed in 20,000 pieces) and an item in the change. Of more, the stretch from the first to the last is replaced:
two walks, and a change as large as the stretch, which is seldom more than what was pasted.
"""


def with_newlines(text: str) -> str:
    """`text` with every line end, Windows' and the old Mac's as well, as a newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def strip_returns(texts: Iterable[Text]) -> None:
    """Make every line end in the shared texts a newline. Within a transaction of the caller's."""
    found = [(shared, text) for shared in texts if "\r" in (text := str(shared))]
    few = sum(text.count("\r") for _, text in found) <= _ONE_BY_ONE
    for shared, text in found:
        if len(shared) != len(text.encode()):
            # Something in it is no text and counts all the same: nothing is where it seems to be. No file has that.
            _replace(shared, 0, len(shared), text)
        elif few:
            _strip_one_by_one(shared, text)
        else:
            start, end = text.index("\r"), text.rindex("\r") + 1
            end += text[end : end + 1] == "\n"
            before, old = len(text[:start].encode()), text[start:end]
            _replace(shared, before, before + len(old.encode()), old)


def _strip_one_by_one(shared: Text, text: str) -> None:
    at = done = 0  # `at`: in bytes, as the library counts, of the text as it becomes
    for run in _RUN.finditer(text):
        at += len(text[done : run.start()].encode())
        done = run.end()
        returns = done - run.start()
        newlines = returns - (text[done : done + 1] == "\n")
        if newlines:
            shared.insert(at + returns, "\n" * newlines)
        del shared[at : at + returns]
        at += newlines


def _replace(shared: Text, start: int, end: int, old: str) -> None:
    shared.insert(end, with_newlines(old))
    del shared[start:end]
