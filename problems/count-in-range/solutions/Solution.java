import java.util.*;

class Solution {
    /** Returns how many of the sorted readings lie between low and high, both included. */
    int countInRange(int[] readings, int low, int high) {
        return countBelow(readings, high + 1) - countBelow(readings, low);
    }

    /** How many of the sorted readings are smaller than bound. */
    int countBelow(int[] readings, int bound) {
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
