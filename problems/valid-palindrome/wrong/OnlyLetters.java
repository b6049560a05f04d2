// verdict: wrong_answer
// Skips the digits as well.
class Solution {
    public boolean isPalindrome(String text) {
        String kept = text.toLowerCase().replaceAll("[^a-z]", "");
        return new StringBuilder(kept).reverse().toString().equals(kept);
    }
}
