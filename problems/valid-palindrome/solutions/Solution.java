import java.io.*;

class Solution {
    /** Tells whether the letters and digits of text read the same in both directions, upper case or lower case. */
    boolean isPalindrome(String text) {
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
