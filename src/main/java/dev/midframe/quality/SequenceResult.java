package dev.midframe.quality;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.midframe.quality.metric.Score;
import dev.midframe.quality.metric.Summary;
import dev.midframe.quality.report.Exhibit;
import java.util.List;
import java.util.Map;

/**
 * One sequence measured.
 *
 * @param name of the sequence
 * @param width of its pictures
 * @param height of its pictures
 * @param methods one a method, in the evaluation's order
 * @param pictures in order
 * @param worst the first method's worst picture by PSNR over R, G and B
 */
public record SequenceResult(
        String name,
        int width,
        int height,
        List<Summary> methods,
        List<Picture> pictures,
        @JsonIgnore Exhibit worst) {

    /**
     * One picture made by every method.
     *
     * @param index position in the sequence, from 0
     * @param time between its neighbours
     * @param scores by method
     */
    public record Picture(int index, double time, Map<String, Score> scores) {}
}
