// verdict: time_limit
// Finds each character from scratch: right, and too slow for the long texts.
function kept(text: string): string[] {
  return [...text.toLowerCase()].filter((char) => /[a-z0-9]/.test(char));
}

function isPalindrome(text: string): boolean {
  for (let i = 0; i < kept(text).length; i++) {
    if (kept(text)[i] !== kept(text).reverse()[i]) return false;
  }
  return true;
}
