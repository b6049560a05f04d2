// verdict: wrong_answer
// Swaps up to the end instead of up to the middle, which turns the list around twice.
class Solution {
    public void reverseString(String[] chars) {
        for (int i = 0; i < chars.length; i++) {
            String kept = chars[i];
            chars[i] = chars[chars.length - 1 - i];
            chars[chars.length - 1 - i] = kept;
        }
    }
}
