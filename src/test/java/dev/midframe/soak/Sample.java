package dev.midframe.soak;

/**
 * What the server used, and its good clients saw, in one interval.
 *
 * @param seconds since the start
 * @param rssMegabytes resident memory
 * @param descriptors open files and sockets
 * @param gapMillis longest gap between pictures at a good client while the source lived
 * @param lateMillis from a picture's time to its arrival; 99 of 100 were earlier
 * @param pictures that reached good clients
 */
record Sample(
        double seconds,
        double rssMegabytes,
        double descriptors,
        double threads,
        double gapMillis,
        double lateMillis,
        double pictures) {}
