class Solution {
    public boolean isPalindrome(String text) {
        int left = 0;
        int right = text.length() - 1;
        while (left < right) {
            if (!Character.isLetterOrDigit(text.charAt(left))) {
                left++;
            } else if (!Character.isLetterOrDigit(text.charAt(right))) {
                right--;
            } else if (Character.toLowerCase(text.charAt(left++)) != Character.toLowerCase(text.charAt(right--))) {
                return false;
            }
        }
        return true;
    }
}
