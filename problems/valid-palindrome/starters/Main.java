import java.io.*;

public class Main {
    /** Tells whether the letters and digits of text read the same in both directions, upper case or lower case. */
    static boolean isPalindrome(String text) {
        // Write your solution here.
        return false;
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String text = in.readLine();
        System.out.println(isPalindrome(text));
    }
}
