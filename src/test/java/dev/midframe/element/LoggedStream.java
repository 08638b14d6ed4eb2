package dev.midframe.element;

import dev.midframe.interpolation.FrameObserver;
import dev.midframe.testkit.AveragingInterpolator;
import dev.midframe.testkit.TestPipeline;

/** A program that plays a stream through the element. */
final class LoggedStream {

    private LoggedStream() {}

    public static void main(String[] arguments) {
        MidframeElement.register(AveragingInterpolator::new, FrameObserver.NONE);
        TestPipeline.toTheEnd("videotestsrc pattern=ball num-buffers=3 ! video/x-raw,format=I420,width=64,height=48,"
                + "framerate=25/1 ! midframe name=film ! appsink name=sink");
    }
}
