package dev.midframe.film.graph;

/** In which numbers the network's features are computed. Sampling grids, flows and picture planes are 32-bit always. */
public enum Precision {
    /** IEEE 754 binary32. */
    FP32,
    /** IEEE 754 binary16 weights and features. */
    FP16
}
