package dev.midframe.film.graph;

/** Element type of the network's features and weights. Sampling grids, flows and picture planes are 32-bit always. */
public enum Precision {
    /** IEEE 754 binary32. */
    FP32,
    /** IEEE 754 binary16 weights and features. */
    FP16
}
