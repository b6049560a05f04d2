"""Languages that think in functions."""

from collections.abc import Mapping

from tests.execution.programs.tried import Tried

HASKELL = Tried(
    echo="""
main :: IO ()
main = do
  input <- lines <$> getContents
  print (length input)
  putStrLn ("Grüße 😀 " ++ last input)
""",
    status_3='import System.Exit\n\nmain :: IO ()\nmain = putStrLn "before" >> exitWith (ExitFailure 3)\n',
    broken="main :: IO ()\nmain = nonsense\n",
    endless="""
import Control.Monad
import Data.IORef

main :: IO ()
main = do
  putStrLn "before"
  n <- newIORef (0 :: Int)
  forever (modifyIORef' n (+ 1))
""",
    greedy="main :: IO ()\nmain = let kept = [1 ..] :: [Integer] in print (sum kept) >> print (length kept)\n",
)

ELIXIR = Tried(
    echo="""
lines = IO.stream(:stdio, :line) |> Enum.map(&String.trim_trailing/1)
IO.puts(length(lines))
IO.puts("Grüße 😀 " <> List.last(lines))
""",
    status_3='IO.puts("before")\nSystem.halt(3)',
    broken="nonsense()",
    endless="""
defmodule Endless do
  def go(n), do: go(n + 1)
end
IO.puts("before")
Endless.go(0)
""",
    greedy="""
defmodule Greedy do
  def go(kept), do: go([:binary.copy("x", 8_000_000) | kept])
end
Greedy.go([])
""",
)

CLOJURE = Tried(
    echo="(let [lines (line-seq (java.io.BufferedReader. *in*))]\n"
    '  (println (count lines))\n  (println "Grüße 😀" (last lines)))',
    status_3='(println "before")\n(System/exit 3)',
    broken="(nonsense)",
    endless='(println "before")\n(loop [] (recur))',
    greedy="(loop [kept []] (recur (conj kept (long-array 1000000))))",
)

OCAML = Tried(
    echo="""
let () =
  let n = ref 0 and last = ref "" in
  (try while true do last := input_line stdin; incr n done with End_of_file -> ());
  Printf.printf "%d\\nGrüße 😀 %s\\n" !n !last
""",
    status_3='let () = print_string "before\\n"; exit 3',
    broken="let () = nonsense ()",
    endless='let () = Printf.printf "before\\n"; while true do () done',
    greedy="let rec go kept = go (Bytes.make 8_000_000 'x' :: kept)\nlet () = go []",
)

LISP = Tried(
    echo="""
(let ((n 0) (last nil))
  (loop for line = (read-line *standard-input* nil) while line do (incf n) (setf last line))
  (format t "~D~%Grüße 😀 ~A~%" n last))
""",
    status_3='(write-line "before")\n(exit :code 3)',
    broken="(nonsense)",
    endless='(write-line "before")\n(loop)',
    greedy="(let ((kept nil))\n  (loop (push (make-array 1000000 :initial-element 1.5d0) kept)))",
)

PROLOG = Tried(
    echo="""
:- initialization(main, main).
main :-
    read_string(user_input, _, Text),
    split_string(Text, "\\n", "", Pieces),
    append(Lines, [""], Pieces),
    length(Lines, N), last(Lines, Last),
    format("~d~nGrüße 😀 ~s~n", [N, Last]).
""",
    status_3=":- initialization(main, main).\nmain :- writeln(before), halt(3).",
    broken=":- initialization(main, main).\nmain :- nonsense(1).",
    endless=":- initialization(main, main).\nmain :- writeln(before), repeat, fail.",
    greedy=":- initialization(main, main).\nmain :- go([]).\ngo(Kept) :- numlist(1, 100000, L), go([L|Kept]).",
)

TRIED: Mapping[str, Tried] = {
    "haskell": HASKELL,
    "elixir": ELIXIR,
    "clojure": CLOJURE,
    "ocaml": OCAML,
    "lisp": LISP,
    "prolog": PROLOG,
}
