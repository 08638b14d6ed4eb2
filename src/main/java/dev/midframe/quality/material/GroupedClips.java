package dev.midframe.quality.material;

import dev.midframe.quality.EvaluationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Clips of the groups that were asked for.
 *
 * @param sequences the clips, folder by folder
 * @param groups the group of each by its sequence's name
 */
public record GroupedClips(List<Sequence> sequences, Map<String, String> groups) {

    private static final List<String> ALL = List.of("all");
    private static final List<String> VALIDATION = List.of("validation");

    /**
     * Finds clips by the manifests beside them.
     *
     * @param folders with clips and a manifest, see {@link ClipGroups#beside}
     * @param width what wider pictures are scaled down to
     * @param wanted names of groups, or alone {@code all} or {@code validation}
     * @throws EvaluationException when a manifest or a group is missing
     */
    public static GroupedClips of(List<Path> folders, OptionalInt width, List<String> wanted) {
        List<String> names = wanted.equals(VALIDATION) ? ClipGroups.validation() : wanted;
        List<Sequence> sequences = new ArrayList<>();
        Map<String, String> groups = new LinkedHashMap<>();
        for (Path folder : folders) {
            ClipGroups known = ClipGroups.beside(folder);
            if (!names.equals(ALL)) {
                known.require(names);
            }
            ClipFolder clips = new ClipFolder(folder, width);
            for (Path file : clips.files()) {
                String group = known.of(file);
                if (group != null && (names.equals(ALL) || names.contains(group))) {
                    Sequence sequence = clips.sequence(file);
                    sequences.add(sequence);
                    groups.put(sequence.name(), group);
                }
            }
        }
        if (sequences.isEmpty()) {
            throw new EvaluationException("the manifest names none of the clips: check that its files are there");
        }
        return new GroupedClips(sequences, groups);
    }
}
