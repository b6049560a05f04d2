package waiting;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The conversation with the runner, up to the point where the program's code may run. */
final class Program {
    /** The first takes 0.7 s; the second 0.2 and makes a run 20 ms quicker; more of them gain nothing. */
    private static final int WARMING_ROUNDS = 2;

    private Program() {}

    static Go awaited() {
        try (Channel channel = new Channel()) {
            Compiler compiler = new Compiler();
            for (int round = 0; round < WARMING_ROUNDS; round++) {
                Warming.round(compiler);
            }
            System.gc();
            channel.say("ready");
            String line = channel.line();
            if (line == null) {
                Runtime.getRuntime().halt(0);
            }
            return compiled(compiler, new Json(line).object(), channel);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Go compiled(Compiler compiler, Map<String, Object> go, Channel channel) throws IOException {
        File folder = new File((String) go.get("path")).getParentFile();
        long started = System.nanoTime();
        Compiler.Result result = compiler.compile(Compiler.sources(folder));
        double ms = (System.nanoTime() - started) / 1e6;
        // Without Main there is nothing to call; that it is missing is for the runner to explain.
        boolean compiled = result.classes.containsKey("Main");
        channel.say("{\"compiled\":" + compiled + ",\"output\":" + Json.quoted(result.said) + ",\"ms\":" + ms + "}");
        if (!compiled) {
            Runtime.getRuntime().halt(0);
        }
        if (Boolean.TRUE.equals(go.get("exchange"))) {
            channel.keep();
        }
        return new Go(folder, strings(go.get("arguments")), result.classes);
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(Object value) {
        return (List<String>) value;
    }
}
