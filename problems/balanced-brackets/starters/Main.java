import java.io.*;

public class Main {
    /** Tells whether every bracket in code is closed by its partner, in the right order. */
    static boolean isBalanced(String code) {
        // Write your solution here.
        return false;
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String code = in.readLine();
        System.out.println(isBalanced(code));
    }
}
