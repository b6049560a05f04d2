main :: IO ()
main = do
  input <- getContents
  mapM_ putStrLn (lines input)
