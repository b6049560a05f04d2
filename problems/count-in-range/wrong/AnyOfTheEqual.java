// verdict: wrong_answer
// Of several equal readings, binarySearch finds any one.
import java.util.Arrays;

class Solution {
    public int[] countInRange(int[] readings, int[][] questions) {
        int[] counts = new int[questions.length];
        for (int i = 0; i < questions.length; i++) {
            int first = Arrays.binarySearch(readings, questions[i][0]);
            int last = Arrays.binarySearch(readings, questions[i][1]);
            if (first < 0) first = -first - 1;
            if (last < 0) last = -last - 2;
            counts[i] = last - first + 1;
        }
        return counts;
    }
}
