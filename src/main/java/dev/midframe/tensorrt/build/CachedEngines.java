package dev.midframe.tensorrt.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What an {@link EngineCache} keeps: listed, and made less by what was not used for longest.
 *
 * @param folder of the cache; need not be there
 */
public record CachedEngines(Path folder) {

    /**
     * An engine, or something else that is kept under a key.
     *
     * @param kind {@code engine}, {@code timing}, {@code verdict} or {@code rate}
     * @param what for people, for example {@code FLOW of film-base FP16 I420 1920x1080}; empty where that is not known
     * @param key GPU, driver, TensorRT and settings, in one line
     * @param bytes of its files
     * @param used when it was made, or last read
     */
    public record Entry(String kind, String what, String key, long bytes, Instant used, List<Path> files) {

        public Entry {
            files = List.copyOf(files);
        }
    }

    /**
     * Everything, the latest used first.
     *
     * @throws IOException when the folder cannot be read
     */
    public List<Entry> entries() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        Map<String, List<Path>> filesByName = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> EngineCache.KINDS.contains(ending(file))).forEach(file -> filesByName
                    .computeIfAbsent(name(file), made -> new ArrayList<>())
                    .add(file));
        }
        List<Entry> entries = new ArrayList<>();
        for (List<Path> files : filesByName.values()) {
            entry(files).ifPresent(entries::add);
        }
        entries.sort(Comparator.comparing(Entry::used).reversed());
        return entries;
    }

    /**
     * How fast engines were when they were built, a line each, the latest first.
     *
     * @throws IOException when the folder cannot be read
     */
    public List<String> rates() throws IOException {
        return entries().stream()
                .filter(entry -> entry.kind().equals(EngineCache.RATE))
                .map(entry -> new CacheFile(entry.files().getFirst(), entry.key()).text())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /**
     * Removes what was not used for longest until the rest is small enough. Engines at work go on: their files are gone by name
     * alone.
     *
     * @param limitBytes 0 removes everything
     * @return what was removed
     * @throws IOException when something cannot be removed
     */
    public List<Entry> prune(long limitBytes) throws IOException {
        List<Entry> removed = new ArrayList<>();
        long kept = 0;
        for (Entry entry : entries()) {
            kept += entry.bytes();
            if (kept > limitBytes) {
                for (Path file : entry.files()) {
                    Files.deleteIfExists(file);
                }
                removed.add(entry);
            }
        }
        return removed;
    }

    /** Empty where another process has removed it meanwhile. */
    private static Optional<Entry> entry(List<Path> files) throws IOException {
        long bytes = 0;
        Instant used = Instant.EPOCH;
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                bytes += attributes.size();
                Instant changed = attributes.lastModifiedTime().toInstant();
                used = changed.isAfter(used) ? changed : used;
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        Path main = files.stream()
                .filter(file -> !ending(file).equals(EngineCache.ABOUT))
                .findFirst()
                .orElse(files.getFirst());
        String key = CacheFile.key(main).orElse("damaged");
        String what = new CacheFile(main.resolveSibling(name(main) + "." + EngineCache.ABOUT), key).text();
        return Optional.of(new Entry(ending(main), what, key, bytes, used, files));
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
