package waiting;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** Compiles a program that uses what programs use, and runs it: what is loaded and compiled by then is there later. */
final class Warming {
    private static final String NAME = "Dummy";

    private Warming() {}

    /** A JDK that is too old for the program is warm up to there. */
    static void round(Compiler compiler) throws IOException {
        Map<String, byte[]> classes = compiler.compile(List.of(source()), "").classes;
        if (!classes.isEmpty()) {
            run(classes);
        }
    }

    private static JavaFileObject source() throws IOException {
        try (InputStream in = Warming.class.getResourceAsStream(NAME + ".txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new SimpleJavaFileObject(URI.create("memory:///" + NAME + ".java"), JavaFileObject.Kind.SOURCE) {
                @Override
                public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                    return text;
                }
            };
        }
    }

    private static void run(Map<String, byte[]> classes) {
        ClassLoader loader =
                new ClassLoader(Warming.class.getClassLoader()) {
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        byte[] content = classes.get(name);
                        if (content == null) {
                            throw new ClassNotFoundException(name);
                        }
                        return defineClass(name, content, 0, content.length);
                    }
                };
        try {
            loader.loadClass(NAME).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
