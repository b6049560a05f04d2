function isBalanced(code) {
  const openerOf = new Map([[")", "("], ["]", "["], ["}", "{"]]);
  const openNow = [];
  for (const char of code) {
    if ("([{".includes(char)) openNow.push(char);
    else if (openerOf.has(char) && openNow.pop() !== openerOf.get(char)) return false;
  }
  return openNow.length === 0;
}
