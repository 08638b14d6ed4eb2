package dev.midframe.support;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that do not keep the process alive, from whatever thread: one of GStreamer's has no context class loader
 * to inherit.
 *
 * @param name of each thread
 */
public record DaemonThreads(String name) implements ThreadFactory {

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(task);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        return thread;
    }
}
