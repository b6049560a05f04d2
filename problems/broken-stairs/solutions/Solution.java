class Solution {
    public long countWays(int n, int[] broken) {
        boolean[] avoid = new boolean[n + 1];
        for (int step : broken) {
            avoid[step] = true;
        }
        long[] ways = new long[n + 1];
        ways[0] = 1;
        for (int step = 1; step <= n; step++) {
            if (!avoid[step]) {
                ways[step] = ways[step - 1] + (step > 1 ? ways[step - 2] : 0);
            }
        }
        return ways[n];
    }
}
