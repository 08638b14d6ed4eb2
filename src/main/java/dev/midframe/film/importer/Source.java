package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import dev.midframe.film.model.FilmModel;
import dev.midframe.film.weights.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What the user names for an import.
 *
 * @param kind how it is read
 * @param file the archive, or the index of a checkpoint
 */
record Source(Kind kind, Path file) {

    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] PICKLE = {(byte) 0x80, 2};

    /** Formats of weights. */
    enum Kind {
        TORCH,
        TENSORFLOW,
        SAFETENSORS
    }

    /**
     * Finds out what a path is.
     *
     * @throws ModelException when it is nothing that can be imported
     */
    static Source of(Path path) {
        if (Files.isDirectory(path)) {
            return Stream.of(path.resolve("variables/variables.index"), path.resolve("variables.index"))
                    .filter(Files::isRegularFile)
                    .map(index -> new Source(Kind.TENSORFLOW, index))
                    .findFirst()
                    .orElseThrow(() ->
                            new ModelException(path + " is no SavedModel: it has no file variables/variables.index"));
        }
        if (!Files.isRegularFile(path)) {
            throw new ModelException("there is no file or folder " + path);
        }
        if (path.endsWith("saved_model.pb")) {
            return of(path.toAbsolutePath().getParent());
        }
        if (path.toString().endsWith(".index")) {
            return new Source(Kind.TENSORFLOW, path);
        }
        if (path.toString().endsWith(FilmModel.EXTENSION)) {
            return new Source(Kind.SAFETENSORS, path);
        }
        byte[] start = start(path);
        if (Arrays.equals(start, ZIP)) {
            return new Source(Kind.TORCH, path);
        }
        if (Arrays.equals(start, 0, Math.min(PICKLE.length, start.length), PICKLE, 0, PICKLE.length)) {
            throw new ModelException(path + " is in PyTorch's format before version 1.6, which is not read: load it in"
                    + " PyTorch and save its state dictionary again");
        }
        throw new ModelException(
                path + " is no PyTorch archive (.pt), no SavedModel's folder and no .safetensors file");
    }

    /** Reads the weights. They live as long as the arena. */
    ForeignWeights read(Arena arena) {
        return switch (kind) {
            case TORCH -> TorchArchive.read(file, arena);
            case TENSORFLOW -> TensorBundle.read(file, arena);
            case SAFETENSORS -> {
                Safetensors content = Safetensors.map(file, arena);
                yield new ForeignWeights(
                        "safetensors file",
                        List.of(file),
                        List.copyOf(content.tensors().values()),
                        OptionalInt.empty(),
                        content.metadata());
            }
        };
    }

    private static byte[] start(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(ZIP.length);
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e, e);
        }
    }
}
