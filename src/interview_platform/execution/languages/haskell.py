from pathlib import Path

from interview_platform.execution.languages.base import OUT, SelfTest, Step, Toolchain, limits
from interview_platform.execution.languages.simple import PROGRAM, Compiled
from interview_platform.execution.sandbox.spec import CODE, MB, WORK

# Haskell keeps what goes into a pipe until there are 8 KB, and no option of the compiler or the program changes that.
_START = """module Start (main) where

import qualified Main
import System.Environment (lookupEnv)
import System.IO

main :: IO ()
main = do
  live <- lookupEnv "AT_ONCE"
  maybe (return ()) (const (hSetBuffering stdout LineBuffering)) live
  Main.main
"""
_LIBRARIES = Path("/usr/lib/ghc")
_BESIDE = {"Start.hs": _START}
_LIVE = {"AT_ONCE": "1"}


class Haskell(Compiled):
    id = "haskell"
    name = "Haskell"
    monaco = "haskell"
    file_name = "solution.hs"
    packages = ("ghc",)
    megabytes = 1043
    limits = limits(256 * MB)
    stack_bytes = 64 * MB
    out_of_memory = ("heap overflow", "Heap exhausted", "stack overflow")
    command = ("ghc",)
    asks_version = ("--numeric-version",)
    needs = ("/var/lib/ghc",)
    beside = _BESIDE
    live_environment = _LIVE
    self_test = SelfTest(
        "import qualified Data.Map as Map\n\nmain :: IO ()\nmain = do\n"
        "  [a, b] <- map read . words <$> getLine :: IO [Int]\n"
        '  putStrLn ("sum " ++ show (sum (Map.elems (Map.fromList [(1 :: Int, a), (2, b)]))) ++ " \\10003")\n'
    )

    def compile(self, tools: Toolchain) -> Step:
        quiet = ("-v0", "-fdiagnostics-color=never")
        # The heap's limit is a sentence where the kernel's would be a kill.
        memory = "-with-rtsopts=-M220m -K160m"
        places = ("-outputdir", f"{WORK}/objects", "-o", f"{OUT}/{PROGRAM}", "-main-is", "Start")
        sources = (self.path, f"{CODE}/Start.hs")
        # Where /proc is masked the compiler does not find its own libraries by itself.
        libraries = ":".join(str(one) for one in sorted(_LIBRARIES.iterdir()) if one.is_dir())
        environment = {"LD_LIBRARY_PATH": libraries}
        return Step([tools.programs["command"], "-O1", *quiet, memory, *places, *sources], environment)
