function isBalanced(code: string): boolean {
  const openerOf = new Map([[")", "("], ["]", "["], ["}", "{"]]);
  const openNow: string[] = [];
  for (const char of code) {
    if ("([{".includes(char)) openNow.push(char);
    else if (openerOf.has(char) && openNow.pop() !== openerOf.get(char)) return false;
  }
  return openNow.length === 0;
}
