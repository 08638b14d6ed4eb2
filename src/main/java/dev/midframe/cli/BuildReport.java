package dev.midframe.cli;

import dev.midframe.interpolation.BuildListener;
import java.io.PrintStream;

/** Tells on the terminal how far the building of engines is, each whole percent once. */
final class BuildReport implements BuildListener {

    private final PrintStream out;
    private int told = -1;

    BuildReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void progress(String what, double fraction) {
        int percent = (int) (100 * fraction);
        if (percent == 100) {
            told = -1;
        } else if (percent > told) {
            told = percent;
            out.printf("building %s for this GPU: %d %%%n", what, percent);
        }
    }
}
