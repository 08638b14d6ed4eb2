package dev.midframe.server.http;

import java.nio.file.Path;

/** PEM files: the certificate with its chain, and the key (PKCS#8) that belongs to it. */
public record Tls(Path certificate, Path key) {}
