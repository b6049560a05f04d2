/** What the JVM calls when the program gets arguments, see waiting.Caller. */
public class Main {
    public static void main(String[] none) throws Throwable {
        waiting.Caller.call();
    }
}
