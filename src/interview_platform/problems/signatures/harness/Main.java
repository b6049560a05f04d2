// Java's driver: JSON to values and back, and the conversation of kit/exchange.py. `java.py` puts what has to know the
// signature in the place of the marks, and the class that the candidate's file is named after in that of `Solution`.
// All cases run in one process, on a thread with a large stack.

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;

public class Main {
    private static final int IN_FD = 5;
    private static final int OUT_FD = 6;
    private static final int NODES_MAX = 1_000_000; // as in model.py: more is taken for a cycle
    private static final long LONG_MAX = (1L << 53) - 1; // JavaScript's
    private static final int TEXT_MAX = 8_000; // characters of a message or a trace
    private static final long STACK_BYTES = 64L << 20; // as C++ has it; what is not used takes nothing

    private static InputStream source;
    private static OutputStream sink;
    private static byte[] chunk = new byte[1 << 16];
    private static int chunkStart;
    private static int chunkEnd;

    public static void main(String[] arguments) throws Exception {
        Thread thread = new Thread(null, Main::converse, "main", STACK_BYTES);
        thread.start();
        thread.join();
    }

    private static void converse() {
        try {
            if (Signature.CALL) {
                call();
            } else {
                judge();
            }
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }

    private static void judge() throws Exception {
        boolean channel = open();
        String hello = line();
        if (hello == null) {
            return;
        }
        int end = hello.lastIndexOf('"');
        String secret = hello.substring(hello.lastIndexOf('"', end - 1) + 1, end);
        String line;
        for (int number = 0; (line = line()) != null; number++) {
            String frame = frame(line);
            flush();
            // Where standard output is shared, the program's last line may have no end.
            String said = (channel ? "" : "\n") + secret + " {\"n\": " + number + ", " + frame + ", \"memory\": " + peakBytes() + "}\n";
            sink.write(said.getBytes(StandardCharsets.UTF_8));
            sink.flush();
        }
        Runtime.getRuntime().halt(0);
    }

    private static String frame(String line) {
        try {
            StringBuilder out = new StringBuilder("\"ok\": ");
            Signature.run(new Reader(line), out);
            return out.toString();
        } catch (Wrong error) {
            return failed("wrong_type", error.said(), "");
        } catch (Throwable error) {
            return failed("exception", messageOf(error), traceOf(error));
        }
    }

    private static String failed(String kind, String message, String trace) {
        StringBuilder out = new StringBuilder("\"error\": {\"kind\": \"").append(kind).append("\", \"message\": ");
        quote(out, cut(message));
        if (!trace.isEmpty()) {
            out.append(", \"trace\": ");
            quote(out, cut(trace));
        }
        return out.append('}').toString();
    }

    private static String cut(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
    }

    private static String messageOf(Throwable error) {
        try {
            return error.toString();
        } catch (Throwable second) {
            return error.getClass().getName();
        }
    }

    /** Without the driver's frames. */
    private static String traceOf(Throwable error) {
        try {
            for (Throwable each = error; each != null; each = each.getCause()) {
                StackTraceElement[] frames = each.getStackTrace();
                int end = 0;
                while (end < frames.length && !frames[end].getClassName().startsWith("Main$Signature")) {
                    end++;
                }
                each.setStackTrace(Arrays.copyOf(frames, end));
            }
            StringWriter text = new StringWriter();
            error.printStackTrace(new PrintWriter(text, true));
            return text.toString();
        } catch (Throwable second) {
            return "";
        }
    }

    private static void flush() {
        try {
            System.out.flush();
            System.err.flush();
        } catch (Throwable error) {
            // replaced by the candidate
        }
    }

    /** Of the process, up to now; null where /proc is not there. */
    private static String peakBytes() {
        try (InputStream file = new FileInputStream("/proc/self/status")) {
            String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            int start = text.indexOf("VmHWM:") + 6;
            return String.valueOf(Long.parseLong(text.substring(start, text.indexOf("kB", start)).trim()) * 1024);
        } catch (Exception error) {
            return "null";
        }
    }

    // ---- The channel

    /** False: there is none, so it is standard input and output. */
    private static boolean open() throws Exception {
        boolean channel = isPipe(IN_FD) && isPipe(OUT_FD);
        source = channel ? new FileInputStream(descriptor(IN_FD)) : System.in;
        sink = new FileOutputStream(channel ? descriptor(OUT_FD) : FileDescriptor.out);
        if (!channel) {
            System.setIn(InputStream.nullInputStream()); // later cases are none of the program's business
        }
        return channel;
    }

    /** A pipe or a socket: it is open, but has no position. The JVM's own files have one. */
    @SuppressWarnings("resource")
    private static boolean isPipe(int number) throws Exception {
        FileInputStream stream = new FileInputStream(descriptor(number));
        try {
            stream.available();
        } catch (IOException error) {
            // Of the end to write to, the kernel tells it as well: this one is closed.
            return false;
        }
        try {
            stream.skip(0);
            return false;
        } catch (IOException error) {
            return true;
        }
    }

    /** Java opens files by name only, and /proc need not be there. */
    private static FileDescriptor descriptor(int number) throws Exception {
        FileDescriptor made = new FileDescriptor();
        Class<?> type = Class.forName("sun.misc.Unsafe"); // by name, or javac warns of it
        Field field = type.getDeclaredField("theUnsafe");
        field.setAccessible(true);
        Object unsafe = field.get(null);
        Field target = FileDescriptor.class.getDeclaredField("fd");
        Object offset = type.getMethod("objectFieldOffset", Field.class).invoke(unsafe, target);
        type.getMethod("putInt", Object.class, long.class, int.class).invoke(unsafe, made, offset, number);
        return made;
    }

    private static String line() throws IOException {
        byte[] line = new byte[256];
        int length = 0;
        while (true) {
            if (chunkStart == chunkEnd) {
                chunkStart = 0;
                chunkEnd = Math.max(source.read(chunk), 0);
                if (chunkEnd == 0) {
                    return null;
                }
            }
            int end = chunkStart;
            while (end < chunkEnd && chunk[end] != '\n') {
                end++;
            }
            int more = end - chunkStart;
            if (length + more > line.length) {
                line = Arrays.copyOf(line, Math.max(line.length * 2, length + more));
            }
            System.arraycopy(chunk, chunkStart, line, length, more);
            length += more;
            chunkStart = end;
            if (end < chunkEnd) {
                chunkStart++;
                return new String(line, 0, length, StandardCharsets.UTF_8);
            }
        }
    }

    // ---- Outside judging: one call with arguments from standard input

    private static void call() {
        StringBuilder out = new StringBuilder();
        try {
            Signature.run(null, out);
        } catch (Wrong error) {
            stop(1, error.said());
        } catch (Throwable error) {
            stop(1, "Exception in thread \"main\" " + traceOf(error).stripTrailing());
        }
        flush();
        System.out.println(out);
        flush();
    }

    static void stop(int status, String said) {
        flush();
        System.err.println(said);
        System.exit(status);
    }

    /** Where an argument is read from: the line of the conversation, or (`in` is null) one of standard input. */
    static Reader argument(Reader in, int number, String name) {
        if (in != null) {
            in.expect(number == 1 ? '[' : ',');
            return in;
        }
        String where = "Standard input, line " + number + " (" + name + ") ";
        java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
        try {
            // Byte by byte: what comes behind is for the program.
            for (int sign; (sign = System.in.read()) >= 0 && sign != '\n';) {
                line.write(sign);
            }
        } catch (IOException error) {
            stop(2, where + "cannot be read");
        }
        Reader own = new Reader(new String(line.toByteArray(), StandardCharsets.UTF_8));
        own.where = where;
        if (own.peek() == 0) {
            stop(2, where + "is missing: one line of JSON for each parameter");
        }
        return own;
    }

    /** A value that is not of its type: what it is, and where in the whole. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String what;
        final String where;

        Wrong(String what, String where) {
            super(what, null, false, false);
            this.what = what;
            this.where = where;
        }

        Wrong at(String outer) {
            return new Wrong(what, outer + where);
        }

        String said() {
            String value = where.isEmpty() ? what : "a value with " + what + " at " + where;
            return Signature.VERB + " " + value + "; " + Signature.RETURNS + " is declared";
        }
    }

    // ---- JSON to values

    static final class Reader {
        private final String text;
        private int at;
        private String where;

        Reader(String text) {
            this.text = text;
        }

        char peek() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t' || text.charAt(at) == '\r')) {
                at++;
            }
            return at < text.length() ? text.charAt(at) : 0;
        }

        boolean take(char sign) {
            boolean there = peek() == sign;
            at += there ? 1 : 0;
            return there;
        }

        boolean take(String word) {
            peek();
            boolean there = text.startsWith(word, at);
            at += there ? word.length() : 0;
            return there;
        }

        void expect(char sign) {
            if (!take(sign)) {
                fail("'" + sign + "'");
            }
        }

        RuntimeException fail(String wanted) {
            String said = "is not as declared: " + wanted + " is expected at column " + (at + 1);
            if (where != null) {
                stop(2, where + said);
            }
            throw new IllegalStateException("an argument " + said);
        }

        /** One argument is read. */
        void finish() {
            if (where != null && peek() != 0) {
                fail("the end");
            }
        }

        boolean first(String wanted) {
            if (!take('[')) {
                fail(wanted);
            }
            return !take(']');
        }

        boolean more() {
            boolean another = take(',');
            if (!another) {
                expect(']');
            }
            return another;
        }

        private String number(String wanted, boolean whole) {
            peek();
            int start = at;
            while (at < text.length() && "+-0123456789.eE".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            String digits = text.substring(start, at);
            if (digits.isEmpty() || whole && !digits.chars().allMatch(sign -> sign == '-' || sign >= '0' && sign <= '9')) {
                at = start;
                fail(wanted);
            }
            return digits;
        }

        int readInt() {
            long value = readWhole("an int");
            return (int) value == value ? (int) value : (int) failed("an int");
        }

        long readLong() {
            long value = readWhole("a long");
            return Math.abs(value) <= LONG_MAX ? value : failed("a long");
        }

        private long readWhole(String wanted) {
            try {
                return Long.parseLong(number(wanted, true));
            } catch (NumberFormatException error) {
                return failed(wanted);
            }
        }

        private long failed(String wanted) {
            throw fail(wanted);
        }

        double readDouble() {
            if (take("\"NaN\"")) {
                return Double.NaN;
            }
            if (take("\"Infinity\"")) {
                return Double.POSITIVE_INFINITY;
            }
            if (take("\"-Infinity\"")) {
                return Double.NEGATIVE_INFINITY;
            }
            try {
                return Double.parseDouble(number("a float", false));
            } catch (NumberFormatException error) {
                return failed("a float");
            }
        }

        boolean readBoolean() {
            boolean yes = take("true");
            if (!yes && !take("false")) {
                fail("true or false");
            }
            return yes;
        }

        String readString() {
            if (!take('"')) {
                fail("a string");
            }
            StringBuilder value = new StringBuilder();
            while (at < text.length()) {
                char sign = text.charAt(at++);
                if (sign == '"') {
                    return value.toString();
                }
                value.append(sign == '\\' ? escaped() : sign);
            }
            throw fail("the end of a string");
        }

        private char escaped() {
            char name = at < text.length() ? text.charAt(at++) : 0;
            int plain = "\"\\/bfnrt".indexOf(name);
            if (plain >= 0) {
                return "\"\\/\b\f\n\r\t".charAt(plain);
            }
            try {
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            } catch (NumberFormatException | StringIndexOutOfBoundsException error) {
                throw fail("a string");
            }
        }
    }

    // ---- Values to JSON

    static void write(StringBuilder out, int value) {
        out.append(value);
    }

    static void write(StringBuilder out, long value) {
        if (Math.abs(value) > LONG_MAX || value == Long.MIN_VALUE) {
            throw new Wrong(value + " (beyond 2^53 - 1)", "");
        }
        out.append(value);
    }

    static void write(StringBuilder out, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            out.append('"').append(value).append('"');
        } else {
            out.append(value);
        }
    }

    static void write(StringBuilder out, boolean value) {
        out.append(value);
    }

    static void write(StringBuilder out, String value) {
        present(value);
        for (int index = 0; index < value.length(); index++) {
            char sign = value.charAt(index);
            boolean pair = Character.isHighSurrogate(sign) && index + 1 < value.length()
                && Character.isLowSurrogate(value.charAt(index + 1));
            if (pair) {
                index++;
            } else if (Character.isSurrogate(sign)) {
                throw new Wrong("a String with half of a surrogate pair", "");
            }
        }
        quote(out, value);
    }

    private static void quote(StringBuilder out, String value) {
        out.append('"');
        for (int index = 0; index < value.length(); index++) {
            char sign = value.charAt(index);
            if (sign == '"' || sign == '\\') {
                out.append('\\').append(sign);
            } else if (sign < ' ' || Character.isSurrogate(sign)) {
                out.append(String.format("\\u%04x", (int) sign));
            } else {
                out.append(sign);
            }
        }
        out.append('"');
    }

    static <T> T present(T value) {
        if (value == null) {
            throw new Wrong("null", "");
        }
        return value;
    }

    static void countNode(int nodes, String kind) {
        if (nodes > NODES_MAX) {
            throw new Wrong("a " + kind + " with a cycle (more than " + NODES_MAX + " nodes)", "");
        }
    }

    // ---- What belongs to this signature

    // The bound makes the compiler read the candidate's file first, by the class that it is named after, and so find
    // the other classes in it.
    static final class Signature<T extends Solution> {
        /* constants */

        /* methods */
    }
}
