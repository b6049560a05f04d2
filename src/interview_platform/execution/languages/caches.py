"""Go's build cache: the standard library, compiled once. Since 1.20 Go comes without it compiled.

With an empty cache `fmt.Println` takes 8 s of processor time (Go 1.24), with this one 0.08. No run can poison it: it is
mounted read-only, and what a run compiles beyond it stays in that run's own files. Go wants to write to its cache all
the same (it fails when it cannot note that it has tidied up), so a run makes a folder of links to the prepared one's.

Rust needs none of this: rustc comes with its library compiled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from interview_platform.execution.languages import prepared
from interview_platform.execution.languages.base import Step, Toolchain
from interview_platform.execution.languages.prepared import Preparation

# What programs of interviews import, with all that these import: 40 MB. Whatever else is compiled in its run.
_PACKAGES = (
    *("bufio", "bytes", "cmp", "container/heap", "container/list", "container/ring", "context", "encoding/json"),
    *("errors", "fmt", "io", "iter", "log", "maps", "math", "math/big", "math/bits", "math/rand", "math/rand/v2", "os"),
    *("reflect", "regexp", "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "text/tabwriter", "time"),
    *("unicode", "unicode/utf8"),
)

# Names of packages that this version does not know are left out. $1: go. The others: names.
_BUILD = """
go=$1; shift
library=$("$go" env GOROOT)/src
for name; do
    shift
    if [ -d "$library/$name" ]; then set -- "$@" "$name"; fi
done
exec "$go" build "$@"
"""


def go(language: str, tools: Toolchain, command: str, environment: Mapping[str, str]) -> Preparation:
    """`environment`: exactly that of compiling, for it is part of what the cache goes by."""
    name = prepared.stamp(tools.files, tools.version, environment, _PACKAGES, _BUILD)
    with_cache = replace(tools, programs={**tools.programs, "cache": prepared.inside(language, name)})

    def make(new: Path) -> Sequence[Step]:
        own = {**environment, "GOCACHE": str(new), "GOPATH": str(new / "none")}
        return [Step(["/bin/sh", "-c", _BUILD, "sh", command, *_PACKAGES], own)]

    return Preparation(name, make, with_cache)


def go_layer(tools: Toolchain) -> str:
    """Shell text to put before what compiles: makes GOCACHE, which must not be there yet."""
    cache = tools.programs.get("cache")
    if cache is None:
        return ""
    return f'mkdir "$GOCACHE" && ln -s {cache}/?? "$GOCACHE" && date +%s >"$GOCACHE/trim.txt" && '
