function reverseString(chars: string[]): void {
  for (let left = 0, right = chars.length - 1; left < right; left++, right--) {
    [chars[left], chars[right]] = [chars[right], chars[left]];
  }
}
