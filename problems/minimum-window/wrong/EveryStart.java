// verdict: time_limit
// Tries every start, and compares the counts of all letters after each step: right, and too slow for the long texts.
class Solution {
    public String minWindow(String text, String letters) {
        int[] needed = new int[128];
        for (char letter : letters.toCharArray()) needed[letter]++;
        String best = "";
        for (int from = 0; from < text.length(); from++) {
            int[] found = new int[128];
            for (int to = from; to < text.length(); to++) {
                found[text.charAt(to)]++;
                if (enough(found, needed)) {
                    if (best.isEmpty() || to - from + 1 < best.length()) best = text.substring(from, to + 1);
                    break;
                }
            }
        }
        return best;
    }

    private boolean enough(int[] found, int[] needed) {
        boolean all = true;
        for (int letter = 'A'; letter <= 'z'; letter++) all &= found[letter] >= needed[letter];
        return all;
    }
}
