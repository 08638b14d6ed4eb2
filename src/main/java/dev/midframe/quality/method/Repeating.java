package dev.midframe.quality.method;

import dev.midframe.quality.material.Triplet;
import dev.midframe.video.VideoFrame;

/** The nearer neighbour again, the earlier one halfway: what is seen without interpolation. */
public final class Repeating implements Method {

    @Override
    public String name() {
        return "repeat";
    }

    @Override
    public String description() {
        return "the nearer real frame, the earlier one halfway";
    }

    @Override
    public void between(Triplet triplet, VideoFrame target) {
        target.copyFrom(triplet.time() > 0.5 ? triplet.second() : triplet.first());
    }
}
