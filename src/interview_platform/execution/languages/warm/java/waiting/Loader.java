package waiting;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;

/**
 * Keeps a booted JVM with a warm compiler waiting for its program (docs/execution.md, "Warm processes").
 *
 * <pre>java -Djava.system.class.loader=waiting.Loader -cp &lt;these classes&gt; Main</pre>
 *
 * with descriptors 5 (in) and 6 (out). The JVM asks its class loader for Main, as always. This one then waits for the
 * source, compiles it in memory and answers; the JVM calls main as always. So nothing of ours is below it in a stack
 * trace, and how the program ends, with its threads and its exit status, is the JVM's business alone.
 */
public final class Loader extends URLClassLoader {
    private static final String MAIN = "Main";

    private Go go;
    private ProtectionDomain domain;

    /** For the JVM, which makes it its system class loader. */
    public Loader(ClassLoader parent) {
        super(new URL[0], parent);
    }

    Loader(ClassLoader parent, Go go) {
        this(parent);
        come(go);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (go == null && name.equals(MAIN)) {
            come(Program.awaited());
            if (!go.arguments().isEmpty()) {
                return new Caller(new Loader(getParent(), go), go.arguments()).main();
            }
        }
        byte[] content = go == null ? null : go.classes().get(name);
        return content != null ? defineClass(name, content, 0, content.length, domain) : super.findClass(name);
    }

    /** What lies beside the source is found as a resource, and says where it is from, as with <code>-cp</code>. */
    private void come(Go came) {
        go = came;
        try {
            URL url = go.folder().toURI().toURL();
            addURL(url);
            domain = new ProtectionDomain(new CodeSource(url, (Certificate[]) null), null, this, null);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
