import java.io.*;

public class Main {
    /** Tells whether the letters and digits of text read the same in both directions, upper case or lower case. */
    static boolean isPalindrome(String text) {
        int left = 0;
        int right = text.length() - 1;
        while (left < right) {
            if (!Character.isLetterOrDigit(text.charAt(left))) {
                left++;
            } else if (!Character.isLetterOrDigit(text.charAt(right))) {
                right--;
            } else if (Character.toLowerCase(text.charAt(left++)) != Character.toLowerCase(text.charAt(right--))) {
                return false;
            }
        }
        return true;
    }

    // Reads the input and prints the answer. Nothing to change below.
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String text = in.readLine();
        System.out.println(isPalindrome(text));
    }
}
