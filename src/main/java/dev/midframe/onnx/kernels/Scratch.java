package dev.midframe.onnx.kernels;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Arrays for whole planes, kept for the next run: made anew for every frame they would let the heap grow by gigabytes. */
public final class Scratch {

    private final Map<Integer, Deque<float[]>> free = new HashMap<>();

    /** An array of this size, with whatever was left in it; to be given back. */
    public synchronized float[] take(int size) {
        Deque<float[]> arrays = free.get(size);
        return arrays == null || arrays.isEmpty() ? new float[size] : arrays.pop();
    }

    public synchronized void giveBack(float[] array) {
        free.computeIfAbsent(array.length, size -> new ArrayDeque<>()).push(array);
    }
}
