"""Languages with a compiler to machine code or byte code."""

from collections.abc import Mapping

from tests.execution.programs.tried import Tried

GO = Tried(
    echo="""
package main
import ("bufio"; "fmt"; "os")
func main() {
    in := bufio.NewScanner(os.Stdin)
    n, last := 0, ""
    for in.Scan() { n++; last = in.Text() }
    fmt.Println(n)
    fmt.Println("Grüße 😀", last)
}
""",
    status_3='package main\nimport ("fmt"; "os")\nfunc main() { fmt.Println("before"); os.Exit(3) }',
    broken="package main\nfunc main() { nonsense() }",
    endless='package main\nimport "fmt"\nfunc main() { fmt.Println("before"); for {} }',
    greedy="""
package main
func main() {
    var kept [][]byte
    for { b := make([]byte, 8<<20); for i := range b { b[i] = 1 }; kept = append(kept, b) }
}
""",
)

RUST = Tried(
    echo="""
use std::io::{self, BufRead};
fn main() {
    let lines: Vec<String> = io::stdin().lock().lines().map(|line| line.unwrap()).collect();
    println!("{}", lines.len());
    println!("Grüße 😀 {}", lines.last().unwrap());
}
""",
    status_3='fn main() { println!("before"); std::process::exit(3); }',
    broken="fn main() { nonsense(); }",
    endless='fn main() { println!("before"); loop { std::hint::spin_loop(); } }',
    greedy="fn main() { let mut kept = Vec::new(); loop { kept.push(vec![1u8; 8 << 20]); } }",
)

CSHARP = Tried(
    echo="""
using System;
class Program {
    static void Main() {
        int n = 0;
        string line, last = "";
        while ((line = Console.ReadLine()) != null) { n++; last = line; }
        Console.WriteLine(n);
        Console.WriteLine("Grüße 😀 " + last);
    }
}
""",
    status_3='class P { static int Main() { System.Console.WriteLine("before"); return 3; } }',
    broken="class P { static void Main() { nonsense(); } }",
    endless='class P { static void Main() { System.Console.WriteLine("before"); while (true) {} } }',
    greedy="""
using System.Collections.Generic;
class P {
    static void Main() {
        var kept = new List<byte[]>();
        while (true) { var b = new byte[1 << 20]; for (int i = 0; i < b.Length; i += 512) b[i] = 1; kept.Add(b); }
    }
}
""",
)

PASCAL = Tried(
    echo="""
var
  n: Integer;
  line: string;
begin
  n := 0;
  while not Eof do begin ReadLn(line); Inc(n); end;
  WriteLn(n);
  WriteLn('Grüße 😀 ', line);
end.
""",
    status_3="begin WriteLn('before'); Halt(3); end.",
    broken="begin nonsense; end.",
    endless="begin WriteLn('before'); while True do; end.",
    greedy="""
var p: Pointer;
begin
  while True do begin GetMem(p, 8 * 1024 * 1024); FillChar(p^, 8 * 1024 * 1024, 1); end;
end.
""",
)

FORTRAN = Tried(
    echo="""
program echo
  implicit none
  character(len=200) :: line, last
  integer :: n, status
  n = 0
  do
    read (*, '(a)', iostat=status) line
    if (status /= 0) exit
    n = n + 1
    last = line
  end do
  print '(i0)', n
  print '(a, a)', 'Grüße 😀 ', trim(last)
end program echo
""",
    status_3="program p\n  print '(a)', 'before'\n  call exit(3)\nend program p\n",
    broken="program p\n  implicit none\n  print *, nonsense\nend program p\n",
    endless="""
program p
  implicit none
  integer, volatile :: n
  n = 0
  print '(a)', 'before'
  do
    n = ieor(n, 1)
  end do
end program p
""",
    greedy="""
program p
  implicit none
  type :: node
    integer, allocatable :: values(:)
  end type node
  type(node) :: kept(10000)
  integer :: i
  do i = 1, 10000
    allocate (kept(i)%values(2000000))
    kept(i)%values = i
  end do
  print *, kept(1)%values(5)
end program p
""",
)

KOTLIN = Tried(
    echo="""
fun main() {
    val lines = generateSequence(::readLine).toList()
    println(lines.size)
    println("Grüße 😀 ${lines.last()}")
}
""",
    status_3='fun main() { println("before"); System.exit(3) }',
    broken="fun main() { nonsense() }",
    endless='fun main() { println("before"); while (true) {} }',
    greedy="fun main() { val kept = mutableListOf<LongArray>(); while (true) kept.add(LongArray(1 shl 20)) }",
)

SCALA = Tried(
    echo="""
object Main extends App {
  val lines = io.Source.stdin.getLines().toList
  println(lines.size)
  println(s"Grüße 😀 ${lines.last}")
}
""",
    status_3='object Main extends App { println("before"); sys.exit(3) }',
    broken="object Main extends App { nonsense() }",
    endless='object Main extends App { println("before"); while (true) {} }',
    greedy="""
object Main extends App {
  var kept = List[Array[Long]]()
  while (true) kept = new Array[Long](1 << 20) :: kept
}
""",
)

NIM = Tried(
    echo="""
var n = 0
var last = ""
for line in stdin.lines:
  inc n
  last = line
echo n
echo "Grüße 😀 ", last
""",
    status_3='echo "before"\nquit(3)',
    broken="nonsense()",
    endless='echo "before"\nvar n = 0\nwhile true: n = n xor 1',
    greedy='import std/strutils\nvar kept: seq[string]\nwhile true: kept.add(repeat("x", 8_000_000))',
)

D = Tried(
    echo="""
import std.stdio;
void main() {
    int n;
    string last;
    foreach (line; stdin.byLineCopy) { n++; last = line; }
    writeln(n);
    writeln("Grüße 😀 ", last);
}
""",
    status_3='import std.stdio;\nint main() { writeln("before"); return 3; }',
    broken="void main() { nonsense(); }",
    endless='import std.stdio;\nvoid main() { writeln("before"); while (true) {} }',
    greedy="void main() { ubyte[][] kept; while (true) { auto b = new ubyte[8 << 20]; b[] = 1; kept ~= b; } }",
)

TRIED: Mapping[str, Tried] = {
    "go": GO,
    "rust": RUST,
    "csharp": CSHARP,
    "pascal": PASCAL,
    "fortran": FORTRAN,
    "kotlin": KOTLIN,
    "scala": SCALA,
    "nim": NIM,
    "d": D,
}
