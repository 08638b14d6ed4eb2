package dev.midframe.tensorrt;

import dev.midframe.ffi.LoadedFile;
import dev.midframe.ffi.tensorrt.NvInfer;
import dev.midframe.ffi.tensorrt.NvOnnxParser;
import dev.midframe.ffi.tensorrt.generated.getInferLibVersion;
import dev.midframe.ffi.tensorrt.generated.setInternalLibraryPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TensorRT's shared libraries, loaded until the program ends: their threads and their log outlive every object.
 *
 * @param version 10000 x major + 100 x minor + patch
 * @param folder where they are, null where the loader does not say
 * @param nvinfer where the functions of libnvinfer are
 * @param symbols of libnvinfer
 */
record TensorRtLibraries(int version, @Nullable Path folder, NvInfer nvinfer, SymbolLookup symbols) {

    /** The major versions whose binary interface is known, best first. */
    static final List<Integer> MAJORS = List.of(11, 10);

    private static final Logger LOG = LoggerFactory.getLogger(TensorRtLibraries.class);

    /** The first whose vtables reach as far as the methods called: setDeviceMemoryV2 and getDeviceMemorySizeV2 are the last. */
    private static final int OLDEST_TEN = 10_0300;

    /**
     * Looks in the folder named by MIDFRAME_TENSORRT, or, where it names none, in the loader's path and then among what
     * {@code midframe tensorrt install} has put on this machine.
     *
     * @param environment as {@link System#getenv()}
     * @throws TensorRtException when there are none of a known version
     */
    static TensorRtLibraries load(Map<String, String> environment) {
        Folders folders = new Folders(environment);
        String named = environment.getOrDefault(Folders.TENSORRT, "");
        if (!named.isEmpty()) {
            TensorRtLibraries found = in(Path.of(named));
            if (found == null) {
                throw new TensorRtException(Folders.TENSORRT + "=" + named
                        + " holds no libnvinfer.so.11 or libnvinfer.so.10" + others(Path.of(named))
                        + "; let it name a folder with NVIDIA's TensorRT 10 or 11, or unset it");
            }
            return found;
        }
        for (int major : MAJORS) {
            String name = "libnvinfer.so." + major;
            SymbolLookup symbols = open(() -> SymbolLookup.libraryLookup(name, Arena.global()));
            if (symbols != null) {
                // Also what was loaded by its path before is found by its name: only the loader knows from where.
                return checked(symbols, folderOf(symbols));
            }
        }
        TensorRtLibraries installed = in(folders.installed());
        if (installed == null) {
            throw new TensorRtException("no TensorRT 10 or 11 (libnvinfer is neither in the loader's path nor in "
                    + folders.installed() + "): run ./midframe tensorrt install, or set " + Folders.TENSORRT
                    + " to the folder that has it");
        }
        return installed;
    }

    /** 10 or 11. */
    int major() {
        return version / thousand();
    }

    /** For people, for example {@code 11.2.1}. */
    String versionText() {
        return major() + "." + version % thousand() / 100 + "." + version % 100;
    }

    /** Up to TensorRT 9 the major version counted thousands. */
    private int thousand() {
        return version < 10000 ? 1000 : 10000;
    }

    /** The library of that name beside libnvinfer, for example {@code libnvonnxparser}. */
    SymbolLookup sibling(String name) {
        String file = name + ".so." + major();
        SymbolLookup symbols = open(() -> folder == null
                ? SymbolLookup.libraryLookup(file, Arena.global())
                : SymbolLookup.libraryLookup(folder.resolve(file), Arena.global()));
        if (symbols == null && folder != null && Files.exists(folder.resolve(file))) {
            throw new TensorRtException(folder.resolve(file) + " cannot be loaded: install it again");
        }
        if (symbols == null) {
            throw new TensorRtException("TensorRT " + versionText() + " was found without " + file
                    + ": install NVIDIA's package that has it, or run ./midframe tensorrt install");
        }
        return symbols;
    }

    /**
     * The functions of libnvonnxparser.
     *
     * @throws TensorRtException when it is missing or another library of that name
     */
    NvOnnxParser parser() {
        try {
            return NvOnnxParser.in(sibling("libnvonnxparser"));
        } catch (UnsatisfiedLinkError e) {
            throw new TensorRtException(
                    "libnvonnxparser is not that of TensorRT " + versionText() + " (" + e.getMessage()
                            + "): install it again",
                    e);
        }
    }

    /**
     * Shows TensorRT 11 where its builder's kernels are, which need not be in the loader's path. TensorRT 10.6 has no such call:
     * it looks in the loader's path, where the launcher puts them.
     */
    void announceFolder() {
        Optional<MemorySegment> announce = symbols.find("setInternalLibraryPath");
        if (folder == null || announce.isEmpty()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            if (!setInternalLibraryPath.invoke(announce.get(), arena.allocateFrom(folder.toString()))) {
                LOG.warn("TensorRT does not take {} as the folder of its builder's kernels", folder);
            }
        }
    }

    private static @Nullable TensorRtLibraries in(Path folder) {
        for (int major : MAJORS) {
            Path file = folder.resolve("libnvinfer.so." + major);
            if (Files.exists(file)) {
                try {
                    return checked(SymbolLookup.libraryLookup(file, Arena.global()), folder);
                } catch (IllegalArgumentException e) {
                    throw new TensorRtException(
                            file + " cannot be loaded (" + e.getMessage() + "): install it again", e);
                }
            }
        }
        return null;
    }

    private static @Nullable Path folderOf(SymbolLookup symbols) {
        Path file = symbols.find("getInferLibVersion").map(LoadedFile::of).orElse(null);
        return file == null ? null : file.getParent();
    }

    static TensorRtLibraries checked(SymbolLookup symbols, @Nullable Path folder) {
        try {
            NvInfer nvinfer = NvInfer.in(symbols);
            TensorRtLibraries libraries = new TensorRtLibraries(
                    getInferLibVersion.invoke(nvinfer.getInferLibVersion()), folder, nvinfer, symbols);
            if (!MAJORS.contains(libraries.major())) {
                throw new TensorRtException("TensorRT " + libraries.versionText()
                        + " has a binary interface that is not known here: install TensorRT 10 or 11");
            }
            if (libraries.version >= 10_0000 && libraries.version < OLDEST_TEN) {
                throw new TensorRtException("TensorRT " + libraries.versionText()
                        + " lacks functions that are called here: install TensorRT 10.3 or later");
            }
            return libraries;
        } catch (UnsatisfiedLinkError e) {
            throw new TensorRtException("libnvinfer is not NVIDIA's TensorRT (" + e.getMessage() + ")", e);
        }
    }

    private static @Nullable SymbolLookup open(Supplier<SymbolLookup> library) {
        try {
            return library.get();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String others(Path folder) {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            List<String> found = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("libnvinfer.so"))
                    .sorted()
                    .toList();
            return found.isEmpty() ? "" : ", only " + String.join(", ", found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
