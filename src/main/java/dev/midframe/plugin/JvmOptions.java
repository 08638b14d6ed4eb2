package dev.midframe.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the plugin starts Java in a host program. What java.c fixes itself is not among it.
 *
 * @param jdk folder of a JDK 25 or later
 * @param classPath files and folders, with colons between them; in the order that the class archive was made with, or Java
 *     refuses the archive without a word
 * @param onnxRuntime folder of ONNX Runtime's libraries; where it is empty they are unpacked at every start
 * @param archive the class archive; need not exist
 * @param crashes where the JVM reports a crash; {@code %p} becomes the process's number
 */
public record JvmOptions(Path jdk, String classPath, String onnxRuntime, Path archive, Path crashes) {

    /** As this program itself was started. */
    static JvmOptions ofThisProgram(Path archive, Path crashes) {
        return new JvmOptions(
                Path.of(System.getProperty("java.home")),
                System.getProperty("java.class.path"),
                System.getProperty("onnxruntime.native.path", ""),
                archive,
                crashes);
    }

    /** The lines of the options file: the JDK, then one option each. */
    List<String> lines(String sourceDigest) {
        return Stream.of(
                        jdk.toString(),
                        "-Djava.class.path=" + classPath,
                        onnxRuntime.isEmpty() ? "" : "-Donnxruntime.native.path=" + onnxRuntime,
                        "-XX:SharedArchiveFile=" + archive,
                        "-XX:ErrorFile=" + crashes,
                        "-Xlog:disable",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "--add-modules=jdk.incubator.vector",
                        "-XX:+UseSerialGC",
                        "-Xmn32m",
                        "-Xmx512m",
                        "-XX:LoopUnrollLimit=0",
                        // Else a socket's file is left behind in /tmp.
                        "-XX:+DisableAttachMechanism",
                        "-Dmidframe.plugin.source=" + sourceDigest)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
