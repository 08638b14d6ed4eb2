package dev.midframe.tensorrt;

import dev.midframe.tensorrt.cuda.Cuda;
import dev.midframe.tensorrt.cuda.Gpu;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
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

    /**
     * Links to the builder's kernels alone, for the loader's path: TensorRT 10.6 looks for them there, and nowhere else. Were
     * all libraries in that path, they would come before NVIDIA's own package.
     */
    static final String KERNELS = "kernels";

    private static final Pattern LIBRARY = Pattern.compile("(?:.*/)?(lib(?:nvinfer|nvonnxparser)\\w*\\.so[.\\d]*)");

    private final Path folder;

    /** @param environment as {@link System#getenv()} */
    public TensorRtInstallation(Map<String, String> environment) {
        this.folder = new Folders(environment).installed();
    }

    /**
     * Looks whether an artifact is of use here, before a gigabyte is fetched; where there is no driver yet nothing is known.
     *
     * @param version of the artifact, for example {@link #VERSION}
     * @throws TensorRtException when none of the GPUs here can be used with it, with what to install
     */
    public static void checkGpus(String version) {
        List<Gpu> gpus;
        try {
            gpus = Cuda.load().gpus();
        } catch (TensorRtException e) {
            return;
        }
        SupportedGpus.checkBeforeInstalling(gpus, version);
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
            linkKernels(part);
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

    private static void linkKernels(Path libraries) throws IOException {
        Path links = Files.createDirectory(libraries.resolve(KERNELS));
        try (Stream<Path> files = Files.list(libraries)) {
            for (Path file : files.map(Path::getFileName).toList()) {
                if (file.toString().startsWith("libnvinfer_builder_resource")) {
                    Files.createSymbolicLink(links.resolve(file), Path.of("..").resolve(file));
                }
            }
        }
    }

    private static void remove(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
