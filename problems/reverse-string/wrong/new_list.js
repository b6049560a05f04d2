// verdict: wrong_answer
// Puts a new list into the variable; the list itself stays as it was.
function reverseString(chars) {
  const turned = [];
  for (const char of chars) turned.unshift(char);
  chars = turned;
}
