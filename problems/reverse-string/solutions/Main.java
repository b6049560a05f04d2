import java.io.*;

public class Main {
    /** Reverses chars in place; returns nothing. */
    static void reverseString(char[] chars) {
        for (int left = 0, right = chars.length - 1; left < right; left++, right--) {
            char kept = chars[left];
            chars[left] = chars[right];
            chars[right] = kept;
        }
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        char[] chars = in.readLine().toCharArray();
        reverseString(chars);
        System.out.println(new String(chars));
    }
}
