package waiting;

import java.io.File;
import java.util.List;
import java.util.Map;

/** What to run, compiled. */
final class Go {
    private final File folder;
    private final List<String> arguments;
    private final Map<String, byte[]> classes;

    Go(File folder, List<String> arguments, Map<String, byte[]> classes) {
        this.folder = folder;
        this.arguments = arguments;
        this.classes = classes;
    }

    File folder() {
        return folder;
    }

    List<String> arguments() {
        return arguments;
    }

    Map<String, byte[]> classes() {
        return classes;
    }
}
