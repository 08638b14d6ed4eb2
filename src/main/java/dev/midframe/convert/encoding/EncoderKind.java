package dev.midframe.convert.encoding;

/** What encodes the pictures. */
public enum EncoderKind {
    /** Hardware that has the codec and works, else software. */
    AUTO,
    SOFTWARE,
    /** NVIDIA's. */
    NVENC,
    /** Intel's and AMD's, by VA-API. */
    VA,
    /** That of small computers, by Video4Linux. */
    V4L2
}
