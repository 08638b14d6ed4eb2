package dev.midframe.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midframe.server.config.Limits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestRateTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RequestRate rate =
            new RequestRate(new Limits(1, 1, 1, 1, 10, 3, Duration.ofSeconds(1), 1, 1, 1, 1, 1), nanos::get);

    @Test
    void aBurstIsAllowedAndThenTheRate() throws UnknownHostException {
        ClientAddress address = address(1);
        assertThat(allowed(address, 5)).isEqualTo(3);
        nanos.addAndGet(100_000_000);
        assertThat(allowed(address, 5)).isEqualTo(1);
        nanos.addAndGet(10_000_000_000L);
        assertThat(allowed(address, 5)).isEqualTo(3);
    }

    @Test
    void oneAddressTakesNothingFromAnother() throws UnknownHostException {
        allowed(address(1), 5);
        assertThat(allowed(address(2), 5)).isEqualTo(3);
    }

    @Test
    void addressesOfOneIpv6NetworkCountAsOne() throws UnknownHostException {
        allowed(ClientAddress.of(InetAddress.getByName("2001:db8:0:1::5")), 5);
        assertThat(allowed(ClientAddress.of(InetAddress.getByName("2001:db8:0:1:ffff::6")), 5))
                .isZero();
        assertThat(allowed(ClientAddress.of(InetAddress.getByName("2001:db8:0:2::5")), 5))
                .isEqualTo(3);
    }

    private int allowed(ClientAddress address, int requests) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += rate.allows(address) ? 1 : 0;
        }
        return allowed;
    }

    private static ClientAddress address(int last) throws UnknownHostException {
        return ClientAddress.of(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}));
    }
}
