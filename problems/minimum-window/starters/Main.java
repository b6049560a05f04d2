import java.io.*;

public class Main {
    /** Returns the shortest piece of text that holds all the letters, the leftmost such piece, or "". */
    static String minWindow(String text, String letters) {
        // Write your solution here.
        return "";
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String text = in.readLine();
        String letters = in.readLine();
        String window = minWindow(text, letters);
        System.out.println(window.isEmpty() ? "-" : window);
    }
}
