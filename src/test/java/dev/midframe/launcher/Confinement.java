package dev.midframe.launcher;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Commands that run another with less of the machine than there is; a test is skipped where the machine permits none. */
final class Confinement {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Confinement() {}

    static List<String> withoutNetwork() throws IOException, InterruptedException {
        return permitted(unshare("--net"));
    }

    /** Root may write where nobody may; without these capabilities it may not either. */
    static List<String> withoutRightsOfRoot() throws IOException, InterruptedException {
        return ROOT ? permitted(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")) : List.of();
    }

    /** With one folder in another's place. */
    static List<String> withFolder(Object folder, Object inPlaceOf) throws IOException, InterruptedException {
        var command = new ArrayList<>(unshare("--mount"));
        command.addAll(List.of("sh", "-c", "mount --bind \"$0\" \"$1\" && shift && exec \"$@\""));
        command.addAll(List.of(folder.toString(), inPlaceOf.toString()));
        return permitted(command);
    }

    static void needRoot() {
        assumeTrue(ROOT, "only root installs packages without being asked for a password");
    }

    private static List<String> unshare(String what) {
        return ROOT ? List.of("unshare", what) : List.of("unshare", "--map-root-user", what);
    }

    private static List<String> permitted(List<String> command) throws IOException, InterruptedException {
        var trial = new ArrayList<>(command);
        trial.add("true");
        assumeTrue(
                new ProcessBuilder(trial).start().waitFor() == 0,
                () -> "this machine does not permit '" + command + "'");
        return command;
    }
}
