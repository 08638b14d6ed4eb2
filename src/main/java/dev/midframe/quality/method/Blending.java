package dev.midframe.quality.method;

import dev.midframe.quality.material.Triplet;
import dev.midframe.video.Blend;
import dev.midframe.video.VideoFrame;

/** Each sample the mean of its neighbours in time, weighted by time, rounded half up. */
public final class Blending implements Method {

    @Override
    public String name() {
        return "blend";
    }

    @Override
    public String description() {
        return "the mean of the two real frames, weighted by time";
    }

    @Override
    public void between(Triplet triplet, VideoFrame target) {
        Blend.mix(triplet.first(), triplet.second(), triplet.time(), target);
    }
}
