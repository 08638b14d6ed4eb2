package dev.midframe.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** One stream's source: lives, dies, comes back at another size and rate, sends garbage, and keeps count of when it lived. */
final class Source implements Runnable {
    private static final Duration DEAD = Duration.ofSeconds(6);
    private static final Duration GARBAGE = Duration.ofSeconds(2);
    private static final int GARBAGE_BYTES = 200_000;

    private final Sender sender;
    private final List<Clip> clips;
    private final Lives lives;
    private final Random random;

    Source(Sender sender, List<Clip> clips, Lives lives, long seed) {
        this.sender = sender;
        this.clips = clips;
        this.lives = lives;
        this.random = new Random(seed);
    }

    /** Until the thread is interrupted. */
    @Override
    public void run() {
        try (sender) {
            for (int turn = 0; ; turn++) {
                Clip clip = clips.get(turn % clips.size());
                lives.begin();
                sender.send(clip.bytes(), clip.lasts());
                lives.end();
                if (turn % 2 == 0) {
                    sender.die();
                    TimeUnit.NANOSECONDS.sleep(DEAD.toNanos());
                } else {
                    byte[] garbage = new byte[GARBAGE_BYTES];
                    random.nextBytes(garbage);
                    sender.send(garbage, GARBAGE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("a source of the soak failed", e);
        }
    }
}
