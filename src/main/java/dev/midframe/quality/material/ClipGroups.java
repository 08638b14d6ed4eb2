package dev.midframe.quality.material;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.midframe.quality.EvaluationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which clips show the same scene or belong together otherwise, as a folder's {@code manifest.json} says: an array of objects
 * with the clip's {@code file}, relative to the manifest, and its {@code group}.
 */
public final class ClipGroups {

    /** Groups that no model is trained on: what decisions about models are made by. */
    private static final String VALIDATION = "validation-groups.txt";

    private static final String MANIFEST = "manifest.json";

    private final Path manifest;
    private final Map<Path, String> groups;

    private ClipGroups(Path manifest, Map<Path, String> groups) {
        this.manifest = manifest;
        this.groups = groups;
    }

    /**
     * Reads the manifest in a folder of clips, or in the one above it.
     *
     * @throws EvaluationException when there is none, or it is not as described
     */
    public static ClipGroups beside(Path clips) {
        Path folder = clips.toAbsolutePath().normalize();
        Path parent = folder.getParent();
        Path manifest = folder.resolve(MANIFEST);
        if (!Files.isRegularFile(manifest) && parent != null) {
            manifest = parent.resolve(MANIFEST);
        }
        if (!Files.isRegularFile(manifest)) {
            throw new EvaluationException(
                    "no " + MANIFEST + " in " + clips + " or above it: it names each clip's group");
        }
        try {
            return new ClipGroups(manifest, groups(manifest));
        } catch (IOException failure) {
            throw new EvaluationException("cannot read " + manifest + ": " + failure.getMessage(), failure);
        }
    }

    /** The groups that models are chosen by, one name a line in a file that training reads, too. */
    public static List<String> validation() {
        try (var file = ClipGroups.class.getResourceAsStream(VALIDATION)) {
            if (file == null) {
                throw new EvaluationException("the program's " + VALIDATION + " is missing: build it again");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new EvaluationException("cannot read " + VALIDATION + ": " + failure.getMessage(), failure);
        }
    }

    /** The group of a clip; null for one that the manifest does not name. */
    public @Nullable String of(Path file) {
        try {
            return groups.get(file.toRealPath());
        } catch (IOException gone) {
            throw new EvaluationException("cannot find " + file + ": " + gone.getMessage(), gone);
        }
    }

    /** @throws EvaluationException when the manifest lacks one of the groups, naming those that it has */
    public void require(List<String> names) {
        Set<String> known = new TreeSet<>(groups.values());
        List<String> missing =
                names.stream().filter(name -> !known.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new EvaluationException(
                    manifest + " has no group " + String.join(", ", missing) + "; it has " + String.join(", ", known));
        }
    }

    private static Map<Path, String> groups(Path manifest) throws IOException {
        JsonNode clips = new ObjectMapper().readTree(manifest.toFile());
        Map<Path, String> groups = new HashMap<>();
        for (JsonNode clip : clips) {
            String file = clip.path("file").asText();
            String group = clip.path("group").asText();
            if (file.isEmpty() || group.isEmpty()) {
                throw new IOException("an entry has no file or no group");
            }
            Path path = manifest.resolveSibling(file);
            if (Files.exists(path)) {
                groups.put(path.toRealPath(), group);
            }
        }
        return groups;
    }
}
