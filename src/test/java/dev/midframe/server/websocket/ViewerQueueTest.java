package dev.midframe.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.server.AccessUnits;
import dev.midframe.server.websocket.ViewerQueue.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ViewerQueueTest {
    private final ViewerQueue queue = new ViewerQueue(3, 10_000);
    private final List<AccessUnit> made = new ArrayList<>();

    @AfterEach
    void everyUnitIsReleasedWhenTheQueueCloses() {
        queue.close();
        assertThat(made).allSatisfy(unit -> assertThat(unit.message().refCnt()).isOne());
        made.forEach(AccessUnit::release);
    }

    @Test
    void aNewClientWaitsForAKeyFrame() {
        assertThat(offer(0, false)).isEqualTo(Outcome.WAITS_FOR_KEY);
        assertThat(offer(1, true)).isEqualTo(Outcome.QUEUED);
        assertThat(offer(2, false)).isEqualTo(Outcome.QUEUED);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.dropped()).isOne();
    }

    @Test
    void aSlowClientIsMovedOnToTheNextKeyFrame() {
        offer(0, true);
        offer(1, false);
        offer(2, false);
        assertThat(offer(3, false)).isEqualTo(Outcome.MOVED_ON);
        assertThat(offer(4, false)).isEqualTo(Outcome.WAITS_FOR_KEY);
        assertThat(offer(5, true)).isEqualTo(Outcome.QUEUED);
        assertThat(queue.size()).isOne();
        assertThat(queue.dropped()).isEqualTo(5);
    }

    @Test
    void aKeyFrameThatFindsTheQueueFullStartsItAnew() {
        offer(0, true);
        offer(1, false);
        offer(2, false);
        assertThat(offer(3, true)).isEqualTo(Outcome.MOVED_ON);
        assertThat(queue.size()).isOne();
    }

    @Test
    void bytesAreBoundedAsWellAsFrames() {
        offer(0, true, 6_000);
        assertThat(offer(1, false, 6_000)).isEqualTo(Outcome.MOVED_ON);
    }

    @Test
    void oneUnitLargerThanTheBoundStillGoesThrough() {
        assertThat(offer(0, true, 50_000)).isEqualTo(Outcome.QUEUED);
    }

    @Test
    void aClientThatIsMovedOnAgainAndAgainIsHopeless() {
        Outcome last = Outcome.QUEUED;
        int offers = 0;
        while (last != Outcome.HOPELESS) {
            last = offer(offers++, true);
            assertThat(offers).isLessThan(100);
        }
        assertThat(queue.size()).isZero();
    }

    @Test
    void aCleanStretchMakesUpForEarlierSlowness() {
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < 4; i++) {
                assertThat(offer(i, true)).isNotEqualTo(Outcome.HOPELESS);
            }
            for (int i = 0; i < 300; i++) {
                offer(i, true);
                drain();
            }
        }
    }

    @Test
    void aClosedQueueTakesNothing() {
        queue.close();
        assertThat(offer(0, true)).isEqualTo(Outcome.CLOSED);
    }

    private Outcome offer(int sequence, boolean key) {
        return offer(sequence, key, 100);
    }

    private Outcome offer(int sequence, boolean key, int bytes) {
        AccessUnit unit = AccessUnits.unit(sequence, key, bytes);
        made.add(unit);
        return queue.offer(unit);
    }

    private void drain() {
        for (AccessUnit unit = queue.poll(); unit != null; unit = queue.poll()) {
            unit.release();
        }
    }
}
