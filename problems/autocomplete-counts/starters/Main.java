import java.util.*;

public class Main {
    /** Returns, for each prefix, how many of the words begin with it. */
    static int[] countCompletions(String[] words, String[] prefixes) {
        // Write your solution here.
        return new int[0];
    }

    // Reads the input and prints the answers. Nothing to change below.
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String[] words = readList(in);
        String[] prefixes = readList(in);
        StringBuilder answers = new StringBuilder();
        for (int count : countCompletions(words, prefixes)) {
            answers.append(count).append('\n');
        }
        System.out.print(answers);
    }

    private static String[] readList(Scanner in) {
        String[] list = new String[in.nextInt()];
        for (int i = 0; i < list.length; i++) {
            list[i] = in.next();
        }
        return list;
    }
}
