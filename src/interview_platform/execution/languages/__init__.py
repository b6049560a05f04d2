"""One file per language: where its tool chain is, how to compile and run, what it may use, and a program to try it."""
