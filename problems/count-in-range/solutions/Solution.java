class Solution {
    public int[] countInRange(int[] readings, int[][] questions) {
        int[] counts = new int[questions.length];
        for (int i = 0; i < questions.length; i++) {
            counts[i] = countBelow(readings, questions[i][1] + 1) - countBelow(readings, questions[i][0]);
        }
        return counts;
    }

    private static int countBelow(int[] readings, int bound) {
        int from = 0;
        int to = readings.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (readings[middle] < bound) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
