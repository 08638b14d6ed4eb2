package dev.midframe.quality.report;

import dev.midframe.quality.EvaluationException;
import dev.midframe.quality.SequenceResult;
import dev.midframe.quality.material.Sequence;
import dev.midframe.quality.material.Triplet;
import dev.midframe.quality.material.TripletReader;
import dev.midframe.quality.method.Blending;
import dev.midframe.quality.method.Method;
import dev.midframe.quality.method.Minterpolate;
import dev.midframe.quality.metric.Channels;
import dev.midframe.quality.metric.Psnr;
import dev.midframe.quality.metric.Region;
import dev.midframe.video.VideoFrame;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shows what stands between two real frames of a measured sequence: the real frame, the first method's, and that of
 * minterpolate, or else of blending.
 *
 * <p>The picture is always the one whose PSNR over R, G and B by the first method is the median of the sequence's lowest
 * quarter (of two in the middle the lower one): a hard picture, neither picked by hand nor the one where everything
 * fails. Of frames larger than {@value Still#WIDTH} by {@value Still#HEIGHT} pixels a part of that size is shown as it
 * is, where the two neighbours differ most.
 *
 * <p>Which picture it is, is known only after the last one. So it is made a second time, instead of keeping pictures:
 * the engine makes this one alone, minterpolate all up to it.
 */
public final class StillMaker {

    private final List<Method> shown;

    /** @param methods as measured, one or more */
    public StillMaker(List<Method> methods) {
        Stream<Method> others = methods.stream().skip(1);
        this.shown = Stream.concat(
                        methods.stream().limit(1),
                        others
                                .filter(method -> method instanceof Minterpolate || method instanceof Blending)
                                .max(Comparator.comparing(Minterpolate.class::isInstance))
                                .stream())
                .toList();
    }

    /** @throws EvaluationException when the sequence cannot be read again */
    public Still of(Sequence sequence, SequenceResult result) {
        int index = hard(result.pictures(), shown.getFirst().name()).index();
        shown.forEach(method -> method.start(sequence));
        try (TripletReader triplets = sequence.open()) {
            for (Triplet triplet = triplets.next(); triplet != null; triplet = triplets.next()) {
                if (triplet.index() == index) {
                    return between(triplet);
                }
                for (Method method : shown) {
                    method.skip(triplet);
                }
            }
        }
        throw new EvaluationException(sequence.name() + " ended before its frame " + index + " when read again");
    }

    /** The picture to show, by one method's scores. */
    static SequenceResult.Picture hard(List<SequenceResult.Picture> pictures, String method) {
        List<SequenceResult.Picture> ordered = pictures.stream()
                .sorted(Comparator.comparingDouble(
                        picture -> picture.scores().get(method).psnrRgb()))
                .toList();
        int quarter = (ordered.size() + 3) / 4;
        return ordered.get((quarter - 1) / 2);
    }

    private Still between(Triplet triplet) {
        Channels real = Channels.of(triplet.real());
        Region region = Region.ofMostChange(
                Channels.of(triplet.first()), Channels.of(triplet.second()), Still.WIDTH, Still.HEIGHT);
        boolean whole = region.width() == real.width() && region.height() == real.height();
        List<Still.Panel> panels = new ArrayList<>();
        String where = ", part at " + region.x() + "," + region.y() + " of " + real.width() + "×" + real.height();
        panels.add(new Still.Panel(real.part(region), "real", "frame " + triplet.index() + (whole ? "" : where)));
        try (Arena arena = Arena.ofShared()) {
            VideoFrame target = VideoFrame.allocate(triplet.real().format(), arena);
            for (Method method : shown) {
                method.between(triplet, target);
                Channels made = Channels.of(target);
                Channels part = made.part(region);
                String here = ", this part " + Figures.decibels(Psnr.ofRgb(real.part(region), part));
                String facts = Figures.decibels(Psnr.ofRgb(real, made)) + " dB" + (whole ? "" : here);
                panels.add(new Still.Panel(part, method.name(), facts));
            }
        }
        return new Still(panels);
    }
}
