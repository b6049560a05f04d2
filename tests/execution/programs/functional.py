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

TRIED: Mapping[str, Tried] = {"haskell": HASKELL}
