package dev.midframe.server.websocket;

import dev.midframe.server.metrics.ServerMetrics;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The clients of one stream. */
public final class Viewers {
    private final String stream;
    private final ServerMetrics metrics;
    private final Semaphore slots;
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private final Set<UnitListener> listeners = ConcurrentHashMap.newKeySet();

    public Viewers(String stream, int most, ServerMetrics metrics) {
        this.stream = stream;
        this.metrics = metrics;
        this.slots = new Semaphore(most);
        metrics.clients.labelValues(stream).set(0);
    }

    /** False when the stream is full. */
    boolean add(Viewer viewer) {
        if (!slots.tryAcquire()) {
            return false;
        }
        viewers.add(viewer);
        metrics.clients.labelValues(stream).inc();
        return true;
    }

    /** Forgets a client; one that is already gone is ignored. */
    void remove(Viewer viewer, String reason) {
        if (viewers.remove(viewer)) {
            viewer.gone();
            slots.release();
            metrics.clients.labelValues(stream).dec();
            metrics.closedClients.labelValues(stream, reason).inc();
        }
    }

    /** From now on hands all units to one that is no WebSocket client, too. */
    public void add(UnitListener listener) {
        listeners.add(listener);
    }

    /** One that is already gone is ignored. */
    public void remove(UnitListener listener) {
        listeners.remove(listener);
    }

    /** Hands a picture to every client, or sound to those that want it; the caller keeps its own reference. */
    void offer(AccessUnit unit) {
        int waiting = 0;
        for (Viewer viewer : viewers) {
            if (unit.sound() && !viewer.listens()) {
                continue;
            }
            long before = viewer.queue().dropped();
            switch (viewer.offer(unit)) {
                case QUEUED -> metrics.sentBytes.labelValues(stream).inc(unit.bytes());
                case MOVED_ON -> metrics.movedOn.labelValues(stream).inc();
                case HOPELESS -> remove(viewer, "slow");
                case WAITS_FOR_KEY, CLOSED -> {}
            }
            long lost = viewer.queue().dropped() - before;
            if (lost > 0) {
                metrics.droppedPictures.labelValues(stream).inc(lost);
            }
            waiting += viewer.queue().size();
        }
        listeners.forEach(listener -> listener.unit(unit));
        if (!unit.sound()) {
            metrics.queueDepth.labelValues(stream).set(waiting);
        }
    }

    public void send(String json) {
        viewers.forEach(viewer -> viewer.send(json));
    }

    public int size() {
        return viewers.size();
    }

    public void close() {
        viewers.forEach(viewer -> viewer.close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE, "the server stops"));
        listeners.forEach(UnitListener::end);
    }
}
