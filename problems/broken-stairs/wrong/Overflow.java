// verdict: wrong_answer
// Counts in int, which ends at step 46.
class Solution {
    public long countWays(int n, int[] broken) {
        boolean[] avoid = new boolean[n + 1];
        for (int step : broken) avoid[step] = true;
        int oneBelow = 1;
        int twoBelow = 0;
        for (int step = 1; step <= n; step++) {
            int here = avoid[step] ? 0 : oneBelow + twoBelow;
            twoBelow = oneBelow;
            oneBelow = here;
        }
        return oneBelow;
    }
}
