for (line in readLines(file("stdin"))) {
  cat(line, "\n", sep = "")
}
