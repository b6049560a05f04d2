// verdict: wrong_answer
// Knows better: leaves out what stands in quotes.
function isBalanced(code) {
  const openerOf = { ")": "(", "]": "[", "}": "{" };
  const openNow = [];
  for (const char of code.replace(/"[^"]*"/g, "")) {
    if ("([{".includes(char)) openNow.push(char);
    else if (char in openerOf && openNow.pop() !== openerOf[char]) return false;
  }
  return openNow.length === 0;
}
