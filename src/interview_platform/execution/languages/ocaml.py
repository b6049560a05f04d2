from interview_platform.execution.languages.base import OUT, SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.simple import PROGRAM, Compiled
from interview_platform.execution.sandbox.spec import CODE, MB, WORK

# OCaml keeps what goes into a pipe. This module, opened before the program, lets it go when somebody watches.
_AT_ONCE = """let let_go () = if Sys.getenv_opt "AT_ONCE" <> None then flush stdout
let print_char c = print_char c; let_go ()
let print_string s = print_string s; let_go ()
let print_bytes b = print_bytes b; let_go ()
let print_int n = print_int n; let_go ()
let print_float x = print_float x; let_go ()
module Printf = struct
  include Printf
  let printf format = kfprintf (fun _ -> let_go ()) stdout format
end
"""
_BESIDE = {"at_once.ml": _AT_ONCE}
_LIVE = {"AT_ONCE": "1"}

# The compiler puts what it makes beside the source, which lies where it cannot write.
_SCRIPT = 'cp "$1"/*.ml "$2" && cd "$2" && shift 2 && "$1" -c at_once.ml && exec "$@"'


class Ocaml(Compiled):
    id = "ocaml"
    name = "OCaml"
    monaco = "fsharp"  # a near relative; Monaco has no OCaml
    file_name = "solution.ml"
    packages = ("ocaml-nox",)
    megabytes = 650
    limits = limits(256 * MB)
    stack_bytes = 64 * MB
    out_of_memory = ("Out_of_memory", "Out of memory")
    command = ("ocamlopt",)
    beside = _BESIDE
    live_environment = _LIVE
    asks_version = ("-version",)
    self_test = SelfTest(
        'let () = Scanf.scanf "%d %d" (fun a b ->\n'
        '  Printf.printf "sum %d \\u{2713}\\n" (List.fold_left ( + ) 0 [a; b]))\n'
    )

    def compile(self, tools: Toolchain) -> Step:
        build = [
            tools.programs["command"],
            "-color",
            "never",
            "unix.cmxa",
            "str.cmxa",
            "at_once.cmx",
            "-open",
            "At_once",
        ]
        script = ["/bin/sh", "-c", _SCRIPT, "sh", CODE, WORK]
        return Step([*script, *build, "-o", f"{OUT}/{PROGRAM}", self.file_name])
