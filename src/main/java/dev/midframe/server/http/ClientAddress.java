package dev.midframe.server.http;

import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * What limits by address count: an IPv4 address, or the first 64 bits of an IPv6 address, of which whoever has one has 2^64.
 *
 * @param network with zeros for the bits that do not count
 */
public record ClientAddress(InetAddress network) {
    private static final int NETWORK_BYTES = 8;

    public static ClientAddress of(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote && remote.getAddress() != null
                ? of(remote.getAddress())
                : new ClientAddress(InetAddress.getLoopbackAddress());
    }

    static ClientAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return new ClientAddress(address);
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return new ClientAddress(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    @Override
    public String toString() {
        return network.getHostAddress() + (network instanceof Inet6Address ? "/64" : "");
    }
}
