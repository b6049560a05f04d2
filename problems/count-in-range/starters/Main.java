import java.util.*;

public class Main {
    /** Returns how many of the sorted readings lie between low and high, both included. */
    static int countInRange(int[] readings, int low, int high) {
        // Write your solution here.
        return 0;
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
