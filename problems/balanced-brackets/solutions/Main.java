import java.io.*;
import java.util.*;

public class Main {
    /** Tells whether every bracket in code is closed by its partner, in the right order. */
    static boolean isBalanced(String code) {
        Deque<Character> expected = new ArrayDeque<>();
        for (char c : code.toCharArray()) {
            switch (c) {
                case '(' -> expected.push(')');
                case '[' -> expected.push(']');
                case '{' -> expected.push('}');
                case ')', ']', '}' -> {
                    if (expected.isEmpty() || expected.pop() != c) {
                        return false;
                    }
                }
                default -> { }
            }
        }
        return expected.isEmpty();
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String code = in.readLine();
        System.out.println(isBalanced(code));
    }
}
