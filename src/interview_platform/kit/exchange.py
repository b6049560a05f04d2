"""The conversation between a runner and a generated driver (docs/execution.md): how answers travel out of band. No I/O.

Lines of UTF-8 with a plain newline. The runner says hello with a secret made for this process, then one input (a line
of JSON), waits for its answer, says the next, and closes when there are no more. The driver answers each with one line:
the secret, a space, one line of JSON. Anything else is the program's own noise and is not an answer.

Inputs are said one at a time so that what a program knows of later ones, and whose prints and whose time these are, is
certain. Expected answers never enter the sandbox: who forges an answer has to know it.

The channel is descriptors 5 and 6 where the runner can give them (a driver looks whether 5 is open); elsewhere standard
input and standard output, where a program's prints lie between the answers; there the driver puts a newline before each
answer, because a print need not have ended its line, and who finds the answer takes that newline away as well.
"""

import json
import secrets

IN_FD = 5
OUT_FD = 6


def new_secret() -> str:
    return secrets.token_hex(16)


def hello(secret: str) -> str:
    """The first line, with its end."""
    return json.dumps({"secret": secret}) + "\n"


def answer_in(line: str, secret: str) -> str | None:
    """The JSON of an answer; None when the line is none."""
    start, space, rest = line.rstrip("\n").partition(" ")
    # Not constant-time: who measures it sits in the sandbox and holds the secret in its memory anyway.
    return rest if space and start == secret else None
