// verdict: wrong_answer
// Counts the meetings that overlap with one, although these need not overlap with each other.
class Solution {
    public int minRooms(int[][] meetings) {
        int most = 0;
        for (int[] one : meetings) {
            int together = 0;
            for (int[] other : meetings) {
                if (one[0] < other[1] && other[0] < one[1]) together++;
            }
            most = Math.max(most, together);
        }
        return most;
    }
}
