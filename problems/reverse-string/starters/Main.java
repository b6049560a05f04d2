import java.io.*;

public class Main {
    /** Reverses chars in place; returns nothing. */
    static void reverseString(char[] chars) {
        // Write your solution here.
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        char[] chars = in.readLine().toCharArray();
        reverseString(chars);
        System.out.println(new String(chars));
    }
}
