// verdict: wrong_answer
// Leaves the edges of the table at 0, as if it cost nothing to begin late.
class Solution {
    public int editDistance(String source, String target) {
        int[][] changes = new int[source.length() + 1][target.length() + 1];
        for (int i = 1; i <= source.length(); i++) {
            for (int j = 1; j <= target.length(); j++) {
                int replaced = changes[i - 1][j - 1] + (source.charAt(i - 1) == target.charAt(j - 1) ? 0 : 1);
                changes[i][j] = Math.min(replaced, 1 + Math.min(changes[i - 1][j], changes[i][j - 1]));
            }
        }
        return changes[source.length()][target.length()];
    }
}
