class Solution {
    public int editDistance(String source, String target) {
        int[][] changes = new int[source.length() + 1][target.length() + 1];
        for (int i = 0; i <= source.length(); i++) {
            for (int j = 0; j <= target.length(); j++) {
                if (i == 0 || j == 0) {
                    changes[i][j] = i + j;
                } else if (source.charAt(i - 1) == target.charAt(j - 1)) {
                    changes[i][j] = changes[i - 1][j - 1];
                } else {
                    int deletedOrInserted = Math.min(changes[i - 1][j], changes[i][j - 1]);
                    changes[i][j] = 1 + Math.min(changes[i - 1][j - 1], deletedOrInserted);
                }
            }
        }
        return changes[source.length()][target.length()];
    }
}
