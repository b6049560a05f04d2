package waiting;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Calls main with arguments. The JVM took its arguments when it started, so it is given a Main of ours, which calls
 * this, which calls the program's. Public for that Main, which another loader defines.
 */
public final class Caller {
    private static ClassLoader loader;
    private static String[] arguments;

    Caller(ClassLoader program, List<String> given) {
        loader = program;
        arguments = given.toArray(new String[0]);
    }

    /** The Main for the JVM. */
    Class<?> main() throws ClassNotFoundException {
        return new ClassLoader(Caller.class.getClassLoader()) {
            Class<?> defined() throws ClassNotFoundException {
                try (InputStream in = Caller.class.getResourceAsStream("/stub/Main.class")) {
                    byte[] content = in.readAllBytes();
                    return defineClass("Main", content, 0, content.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException("Main", e);
                }
            }
        }.defined();
    }

    public static void call() throws Throwable {
        Class<?> main = Class.forName("Main", true, loader);
        try {
            var method = main.getMethod("main", String[].class);
            method.setAccessible(true);
            method.invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            cut(e.getCause());
            throw e.getCause();
        }
    }

    /** Takes what is ours from the ends of the traces. */
    private static void cut(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> open = new ArrayDeque<>(List.of(thrown));
        while (!open.isEmpty()) {
            Throwable one = open.pop();
            if (!seen.add(one)) {
                continue;
            }
            StackTraceElement[] trace = one.getStackTrace();
            for (int i = 0; i < trace.length; i++) {
                if (trace[i].getClassName().equals(Caller.class.getName())) {
                    one.setStackTrace(Arrays.copyOf(trace, programs(trace, i)));
                    break;
                }
            }
            open.addAll(Arrays.asList(one.getSuppressed()));
            if (one.getCause() != null) {
                open.push(one.getCause());
            }
        }
    }

    /** The number of frames above the reflective call that is above ours. */
    private static int programs(StackTraceElement[] trace, int ours) {
        int end = ours;
        while (end > 0 && trace[end - 1].getClassName().matches("(java.lang.reflect|jdk.internal.reflect)\\..*")) {
            end--;
        }
        return end;
    }
}
