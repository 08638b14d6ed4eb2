package dev.midframe.server.stream;

import java.util.Locale;

/**
 * Where a stream stands.
 *
 * @param reason why, in a few words of our own, for viewers; empty when there is nothing to say
 * @param detail what failed, for those who control the stream: without logins, keys and folders
 */
record StreamStatus(State state, String reason, String detail) {
    enum State {
        STOPPED,
        /** Begun; no picture yet. */
        STARTING,
        /** Pictures come. */
        RUNNING,
        /** No pictures come, and there is nothing to start again: whoever sends has to. The last picture stands. */
        WAITING,
        /** The source ended, failed or went silent; it is started again after a wait. The last picture stands. */
        RESTARTING;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
