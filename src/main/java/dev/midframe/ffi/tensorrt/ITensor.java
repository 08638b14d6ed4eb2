package dev.midframe.ffi.tensorrt;

/** A tensor of a network; owned by it. */
public interface ITensor {

    String getName();

    Dims getDimensions();

    int getType();
}
