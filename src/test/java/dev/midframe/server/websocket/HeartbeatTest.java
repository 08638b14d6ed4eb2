package dev.midframe.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Clients of which the server hears nothing, by a clock of the test's own. */
class HeartbeatTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new Heartbeat());

    @Test
    void aClientThatOnlyWatchesStaysAsLongAsItAnswersPings() {
        watch(600, ping -> channel.writeInbound(new PongWebSocketFrame(ping.content())));
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aClientThatAnswersNothingIsLeftAfterAMinute() {
        watch(59, ping -> {});
        assertThat(channel.isOpen()).isTrue();
        watch(2, ping -> {});
        assertThat(channel.isOpen()).isFalse();
    }

    /** Pictures go out all the time, 25 a second; what the client does is called for each ping. */
    private void watch(int seconds, Consumer<PingWebSocketFrame> client) {
        channel.freezeTime();
        for (int picture = 0; picture < seconds * 25 && channel.isOpen(); picture++) {
            channel.writeOutbound("picture");
            channel.advanceTimeBy(40, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            for (Object sent = channel.readOutbound(); sent != null; sent = channel.readOutbound()) {
                if (sent instanceof PingWebSocketFrame ping) {
                    client.accept(ping);
                }
            }
        }
    }
}
