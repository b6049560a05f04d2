package waiting;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The JDK's compiler, which keeps what it has read of the library from one time to the next. Classes stay in memory. */
final class Compiler {
    private static final int SAID_MAX = 60_000; // characters; the first errors are what people need

    private final JavaCompiler tool = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files = tool.getStandardFileManager(null, null, StandardCharsets.UTF_8);

    /** Everything in one folder. */
    static File[] sources(File folder) {
        File[] found = folder.listFiles((where, name) -> name.endsWith(".java"));
        Arrays.sort(found);
        return found;
    }

    Result compile(File... sources) {
        String classPath = sources.length > 0 ? sources[0].getParent() : "";
        return compile(files.getJavaFileObjects(sources), classPath);
    }

    Result compile(Iterable<? extends JavaFileObject> sources, String classPath) {
        StringWriter said = new StringWriter();
        Memory memory = new Memory(files);
        // No annotation processors: they would be the program's own code running inside the compiler.
        List<String> options = List.of("-proc:none", "-cp", classPath);
        boolean compiled = tool.getTask(said, memory, null, options, null, sources).call();
        return compiled ? new Result(memory.classes(), said.toString()) : new Result(Map.of(), why(said.toString()));
    }

    /** A compiler that fails prints a request to report its bug, and how it failed; these two are none. */
    private static String why(String said) {
        if (said.contains("\njava.lang.OutOfMemoryError")) {
            return "The compiler ran out of memory.\n";
        }
        if (said.contains("\njava.lang.StackOverflowError")) {
            return "The compiler ran out of stack: something is nested very deeply.\n";
        }
        return said;
    }

    static final class Result {
        final Map<String, byte[]> classes;
        final String said;

        Result(Map<String, byte[]> classes, String said) {
            this.classes = classes;
            this.said = said.length() <= SAID_MAX ? said : said.substring(0, SAID_MAX);
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    written.put(name, out);
                    return out;
                }
            };
        }

        /** The tool closes what it was given; this one is used again. */
        @Override
        public void close() throws IOException {
            flush();
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> result = new HashMap<>();
            written.forEach((name, out) -> result.put(name, out.toByteArray()));
            return result;
        }
    }
}
