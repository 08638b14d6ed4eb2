package dev.midframe.support;

import java.io.Console;

/** Whether somebody watches: progress that is written over itself belongs on a terminal alone. */
public final class Terminal {

    private Terminal() {}

    public static boolean isThere() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
