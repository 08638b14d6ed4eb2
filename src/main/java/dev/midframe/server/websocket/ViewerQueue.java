package dev.midframe.server.websocket;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What one client still has to be sent, bounded in frames and bytes.
 *
 * <p>A client that falls behind loses what waits for it and goes on at the next key frame. One that falls behind again
 * and again, without a clean stretch between, is hopeless. The encoder's thread offers, the client's event loop polls.
 */
public final class ViewerQueue {
    private static final int PATIENCE = 8;
    private static final int CLEAN_STRETCH = 300;

    /** What became of an offered access unit. */
    enum Outcome {
        QUEUED,
        WAITS_FOR_KEY,
        MOVED_ON,
        HOPELESS,
        CLOSED
    }

    private final int mostFrames;
    private final int mostBytes;
    private final Queue<AccessUnit> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean needsKey = true;
    private boolean closed;
    private int movedOn;
    private int sinceMovedOn;
    private long dropped;

    public ViewerQueue(int mostFrames, int mostBytes) {
        this.mostFrames = mostFrames;
        this.mostBytes = mostBytes;
    }

    /** Queues a unit (and retains it), or says why not. */
    synchronized Outcome offer(AccessUnit unit) {
        if (closed) {
            return Outcome.CLOSED;
        }
        if (needsKey && !unit.key()) {
            dropped += unit.sound() ? 0 : 1;
            return Outcome.WAITS_FOR_KEY;
        }
        boolean full = waiting.size() >= mostFrames || (bytes + unit.bytes() > mostBytes && !waiting.isEmpty());
        if (full) {
            dropped += waiting.size();
            clear();
            sinceMovedOn = 0;
            if (++movedOn >= PATIENCE) {
                return Outcome.HOPELESS;
            }
            if (!unit.key()) {
                dropped++;
                needsKey = true;
                return Outcome.MOVED_ON;
            }
        }
        needsKey = false;
        waiting.add(unit.retain());
        bytes += unit.bytes();
        return full ? Outcome.MOVED_ON : Outcome.QUEUED;
    }

    /** The next unit to send, now the caller's to release; null when none waits. */
    synchronized @Nullable AccessUnit poll() {
        AccessUnit unit = waiting.poll();
        if (unit != null) {
            bytes -= unit.bytes();
            if (++sinceMovedOn >= CLEAN_STRETCH) {
                movedOn = 0;
            }
        }
        return unit;
    }

    synchronized int size() {
        return waiting.size();
    }

    /** Units this client was never sent, the wait for its first key frame included. */
    synchronized long dropped() {
        return dropped;
    }

    /** Releases everything; later offers are refused. */
    synchronized void close() {
        closed = true;
        clear();
    }

    private void clear() {
        waiting.forEach(AccessUnit::release);
        waiting.clear();
        bytes = 0;
    }
}
