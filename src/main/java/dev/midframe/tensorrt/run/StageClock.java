package dev.midframe.tensorrt.run;

import java.lang.foreign.MemorySegment;

/** Gets where the stages of a pair begin and end on the device's streams. */
public interface StageClock {

    /** What is timed. */
    enum Stage {
        UPLOAD,
        FEATURES,
        PAIR,
        DOWNLOAD
    }

    /** Takes no time. */
    StageClock OFF = new StageClock() {
        @Override
        public void begin(Stage stage, MemorySegment stream) {}

        @Override
        public void end(Stage stage, MemorySegment stream) {}
    };

    void begin(Stage stage, MemorySegment stream);

    void end(Stage stage, MemorySegment stream);
}
