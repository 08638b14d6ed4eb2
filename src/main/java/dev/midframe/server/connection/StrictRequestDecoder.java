package dev.midframe.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/**
 * Refuses headers that go on in the next line (RFC 9112, 5.2), which Netty joins: what stands between a client and this server
 * may have read them in another way.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
    private boolean inHeaders;
    private boolean refused;

    StrictRequestDecoder(HttpDecoderConfig config) {
        super(config);
    }

    @Override
    protected HttpMessage createMessage(String[] requestLine) throws Exception {
        inHeaders = true;
        return super.createMessage(requestLine);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        if (refused) {
            bytes.skipBytes(bytes.readableBytes());
            return;
        }
        int start = bytes.readerIndex();
        int before = out.size();
        boolean began = inHeaders;
        super.decode(context, bytes, out);
        if (inHeaders && folded(bytes, start, began)) {
            refuse(bytes, out, before);
        }
        inHeaders &= out.size() == before;
    }

    /** Headers are read by whole lines, and in one call those of one request at most. */
    private static boolean folded(ByteBuf bytes, int start, boolean lineBegins) {
        boolean atLineStart = lineBegins;
        for (int i = start; i < bytes.readerIndex(); i++) {
            byte next = bytes.getByte(i);
            if (atLineStart && (next == ' ' || next == '\t')) {
                return true;
            }
            atLineStart = next == '\n';
        }
        return false;
    }

    private void refuse(ByteBuf bytes, List<Object> out, int before) {
        refused = true;
        bytes.skipBytes(bytes.readableBytes());
        while (out.size() > before) {
            ReferenceCountUtil.release(out.removeLast());
        }
        HttpMessage refusal = createInvalidMessage();
        refusal.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("a folded header")));
        out.add(refusal);
    }
}
