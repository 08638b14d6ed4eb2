package dev.midframe.engine;

import dev.midframe.interpolation.BuildListener;
import dev.midframe.support.Terminal;
import java.io.PrintStream;

/** Reports how far the building of engines is: on a terminal each percent in one line that changes, elsewhere each quarter. */
public final class BuildReport implements BuildListener {

    private static final int QUARTER = 25;

    private final PrintStream out;
    private final boolean terminal;
    private int reported = -1;

    /** @param terminal whether a line can be written over */
    BuildReport(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Reports on standard error. */
    public static BuildReport onTerminal() {
        return new BuildReport(System.err, Terminal.isThere());
    }

    @Override
    public synchronized void progress(String what, double fraction) {
        int percent = (int) (100 * fraction);
        if (percent == 100) {
            reported = -1;
            out.print(terminal ? "\r\033[K" : "");
        } else if (reported < 0 || percent >= reported + (terminal ? 1 : QUARTER)) {
            reported = terminal ? percent : percent / QUARTER * QUARTER;
            out.print((terminal ? "\r" : "") + "building " + what + " for this GPU: " + percent + " %"
                    + (terminal ? "\033[K" : System.lineSeparator()));
        }
        out.flush();
    }
}
