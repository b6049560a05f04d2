class Solution {
    public void reverseString(String[] chars) {
        for (int left = 0, right = chars.length - 1; left < right; left++, right--) {
            String kept = chars[left];
            chars[left] = chars[right];
            chars[right] = kept;
        }
    }
}
