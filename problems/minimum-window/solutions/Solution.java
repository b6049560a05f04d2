class Solution {
    public String minWindow(String text, String letters) {
        int[] needed = new int[128];
        for (char letter : letters.toCharArray()) {
            needed[letter]++;
        }
        int missing = letters.length();
        int bestFrom = 0;
        int bestLength = Integer.MAX_VALUE;
        int left = 0;
        for (int right = 0; right < text.length(); right++) {
            if (needed[text.charAt(right)]-- > 0) {
                missing--;
            }
            while (missing == 0) {
                if (right - left + 1 < bestLength) {
                    bestFrom = left;
                    bestLength = right - left + 1;
                }
                if (++needed[text.charAt(left++)] > 0) {
                    missing++;
                }
            }
        }
        return bestLength == Integer.MAX_VALUE ? "" : text.substring(bestFrom, bestFrom + bestLength);
    }
}
