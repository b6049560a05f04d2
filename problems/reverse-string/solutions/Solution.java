import java.io.*;

class Solution {
    /** Reverses chars in place; returns nothing. */
    void reverseString(char[] chars) {
        for (int left = 0, right = chars.length - 1; left < right; left++, right--) {
            char kept = chars[left];
            chars[left] = chars[right];
            chars[right] = kept;
        }
    }
}
