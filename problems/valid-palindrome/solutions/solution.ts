function isPalindrome(text: string): boolean {
  const kept = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  for (let left = 0, right = kept.length - 1; left < right; left++, right--) {
    if (kept[left] !== kept[right]) return false;
  }
  return true;
}
