import java.util.*;

public class Main {
    /** Returns how many of the sorted readings lie between low and high, both included. */
    static int countInRange(int[] readings, int low, int high) {
        return countBelow(readings, high + 1) - countBelow(readings, low);
    }

    /** How many of the sorted readings are smaller than bound. */
    static int countBelow(int[] readings, int bound) {
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

    // Reads the input and prints the answers. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int[] readings = new int[in.nextInt()];
        for (int i = 0; i < readings.length; i++) {
            readings[i] = in.nextInt();
        }

        StringBuilder answers = new StringBuilder();
        for (int questions = in.nextInt(); questions > 0; questions--) {
            answers.append(countInRange(readings, in.nextInt(), in.nextInt())).append('\n');
        }
        System.out.print(answers);
    }
}
