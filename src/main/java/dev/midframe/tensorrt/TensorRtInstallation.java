package dev.midframe.tensorrt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Puts TensorRT's libraries from a Maven artifact into the folder where {@link TensorRtInterpolatorFactory} looks for them. */
public final class TensorRtInstallation {

    /** The newest artifact with kernels for GPUs; later ones hold only PTX, which the builder does not take on an H200. */
    public static final String VERSION = "10.6-1.5.11";

    private static final Pattern LIBRARY = Pattern.compile("(?:.*/)?(lib(?:nvinfer|nvonnxparser)\\w*\\.so[.\\d]*)");

    private final Path folder;

    /** @param environment as {@link System#getenv()} */
    public TensorRtInstallation(Map<String, String> environment) {
        this.folder = new Folders(environment).installed();
    }

    /**
     * Replaces what was installed.
     *
     * @param jar an artifact with the libraries
     * @return the folder
     * @throws IOException when the file has none, or the disk is full; what was installed before is then still there
     */
    public Path install(Path jar) throws IOException {
        Files.createDirectories(folder.getParent());
        Path part = Files.createTempDirectory(folder.getParent(), "tensorrt.part");
        try {
            if (extract(jar, part) == 0) {
                throw new IOException(jar + " holds no TensorRT libraries for Linux");
            }
            remove(folder);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
            return folder;
        } finally {
            remove(part);
        }
    }

    private static int extract(Path jar, Path target) throws IOException {
        int libraries = 0;
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                Matcher name = LIBRARY.matcher(entry.getName());
                if (name.matches() && !entry.isDirectory()) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        Files.copy(content, target.resolve(name.group(1)));
                    }
                    libraries++;
                }
            }
        }
        return libraries;
    }

    private static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }
}
