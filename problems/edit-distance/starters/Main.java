import java.io.*;

public class Main {
    /** Returns the fewest single-letter changes that turn source into target. */
    static int editDistance(String source, String target) {
        // Write your solution here.
        return 0;
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String source = in.readLine();
        String target = in.readLine();
        System.out.println(editDistance(source, target));
    }
}
