from interview_platform.execution.languages.base import SelfTest, limits
from interview_platform.execution.languages.simple import Compiled
from interview_platform.execution.sandbox.spec import MB


class Rust(Compiled):
    id = "rust"
    name = "Rust"
    monaco = "rust"
    file_name = "solution.rs"
    packages = ("rustc",)
    megabytes = 677
    limits = limits(256 * MB)
    stack_bytes = 64 * MB  # as C++ has it
    out_of_memory = ("memory allocation of ",)
    command = ("rustc",)
    # Sums that overflow are found, as `cargo run` finds them.
    options = ("--edition=2021", "-Copt-level=1", "-Coverflow-checks=on", "-Cdebuginfo=0", "--color=never")
    self_test = SelfTest(
        "use std::collections::BTreeSet;\nuse std::io::{self, Read};\n\nfn main() {\n"
        "    let mut text = String::new();\n    io::stdin().read_to_string(&mut text).unwrap();\n"
        "    let numbers: BTreeSet<i32> = text.split_whitespace().map(|x| x.parse().unwrap()).collect();\n"
        '    println!("sum {} \\u{2713}", numbers.iter().sum::<i32>());\n}\n'
    )
