object Main extends App {
  for (line <- io.Source.stdin.getLines()) {
    println(line)
  }
}
