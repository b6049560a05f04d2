"""The languages in the order in which people are offered them: by how often each is chosen in interviews."""

from collections.abc import Sequence

from interview_platform.execution.languages.base import Language
from interview_platform.execution.languages.bash import Bash
from interview_platform.execution.languages.c import C
from interview_platform.execution.languages.clojure import Clojure
from interview_platform.execution.languages.cpp import Cpp
from interview_platform.execution.languages.csharp import CSharp
from interview_platform.execution.languages.d import D
from interview_platform.execution.languages.elixir import Elixir
from interview_platform.execution.languages.fortran import Fortran
from interview_platform.execution.languages.go import Go
from interview_platform.execution.languages.haskell import Haskell
from interview_platform.execution.languages.java import Java
from interview_platform.execution.languages.javascript import JavaScript
from interview_platform.execution.languages.kotlin import Kotlin
from interview_platform.execution.languages.lisp import CommonLisp
from interview_platform.execution.languages.lua import Lua
from interview_platform.execution.languages.nim import Nim
from interview_platform.execution.languages.ocaml import Ocaml
from interview_platform.execution.languages.pascal import Pascal
from interview_platform.execution.languages.perl import Perl
from interview_platform.execution.languages.php import Php
from interview_platform.execution.languages.prolog import Prolog
from interview_platform.execution.languages.python import Python
from interview_platform.execution.languages.r import R
from interview_platform.execution.languages.ruby import Ruby
from interview_platform.execution.languages.rust import Rust
from interview_platform.execution.languages.scala import Scala
from interview_platform.execution.languages.sql import Sql
from interview_platform.execution.languages.typescript import TypeScript
from interview_platform.execution.ports import LanguageInfo

LANGUAGES: Sequence[Language] = (
    *(Python(), JavaScript(), TypeScript(), Java(), Cpp(), C(), Go(), CSharp(), Rust(), Kotlin(), Sql(), Ruby(), Php()),
    *(Scala(), R(), Bash(), Perl(), Lua(), Haskell(), Elixir(), Clojure(), Ocaml(), CommonLisp(), Prolog()),
    *(Pascal(), Fortran(), Nim(), D()),
)


def known_languages() -> Sequence[LanguageInfo]:
    """Whether they can be run here or not: a room's document must not depend on what is installed today."""
    return [LanguageInfo(one.id, one.name, "", one.monaco, one.file_name, one.starter) for one in LANGUAGES]
