package dev.midframe.element;

import dev.midframe.interpolation.FrameObserver;
import dev.midframe.interpolation.InterpolatorFactory;

/** What all elements of one registration share. */
record ElementContext(
        Libraries libraries,
        NativeStrings strings,
        VirtualFunctions parent,
        InterpolatorFactory engines,
        FrameObserver observer) {}
