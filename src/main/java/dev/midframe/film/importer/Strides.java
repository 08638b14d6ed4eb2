package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import dev.midframe.film.weights.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a tensor's values lie among others.
 *
 * @param offset of the first value, counted in values
 * @param shape sizes, outermost first
 * @param steps by dimension, how many values to go on for the next one along it
 */
record Strides(long offset, List<Integer> shape, List<Long> steps) {

    private static final int MAX_DIMENSIONS = 4;

    Strides {
        if (shape.size() > MAX_DIMENSIONS || shape.size() != steps.size()) {
            throw new ModelException("a tensor has the shape " + shape + " with the strides " + steps + "; at most "
                    + MAX_DIMENSIONS + " of both are read");
        }
        for (int dimension = 0; dimension < shape.size(); dimension++) {
            if (shape.get(dimension) < 1 || steps.get(dimension) < 0 || offset < 0) {
                throw new ModelException("a tensor has the impossible shape " + shape + " with the strides " + steps
                        + " from " + offset);
            }
        }
        shape = List.copyOf(shape);
        steps = List.copyOf(steps);
    }

    /** Of values in one piece. */
    static Strides contiguous(List<Integer> shape) {
        return new Strides(0, shape, steps(shape));
    }

    /** Of a TensorFlow kernel [height, width, inputs, outputs] seen as [outputs, inputs, height, width]. */
    static Strides ofKernel(List<Integer> hwio) {
        return contiguous(hwio).permuted(3, 2, 0, 1);
    }

    /** How many values the tensor has; {@link Long#MAX_VALUE} where that is beyond counting. */
    long elements() {
        long elements = 1;
        for (int size : shape) {
            elements = saturated(elements, size);
        }
        return elements;
    }

    /**
     * The tensor, over the given values themselves where it lies in one piece, or else over a copy.
     *
     * @throws ModelException when it reaches beyond the values or repeats some
     */
    Tensor cut(String name, Tensor.Type type, MemorySegment values, Arena arena) {
        long available = values.byteSize() / type.bytes();
        long elements = elements();
        if (elements > available || last() >= available) {
            throw new ModelException("tensor " + name + " " + shape + " with the strides " + steps + " from " + offset
                    + " does not fit into its " + available + " values");
        }
        if (isContiguous()) {
            return new Tensor(name, type, shape, values.asSlice(offset * type.bytes(), elements * type.bytes()));
        }
        MemorySegment copy = arena.allocate(elements * type.bytes(), Long.BYTES);
        gather(type, values, copy, 0, offset, 0);
        return new Tensor(name, type, shape, copy);
    }

    private long gather(
            Tensor.Type type, MemorySegment from, MemorySegment to, int dimension, long source, long target) {
        int size = shape.get(dimension);
        long step = steps.get(dimension);
        long next = target;
        for (int index = 0; index < size; index++, source += step) {
            if (dimension + 1 < shape.size()) {
                next = gather(type, from, to, dimension + 1, source, next);
            } else if (type == Tensor.Type.F32) {
                to.set(
                        ValueLayout.JAVA_INT_UNALIGNED,
                        next++ * 4,
                        from.get(ValueLayout.JAVA_INT_UNALIGNED, source * 4));
            } else {
                to.set(
                        ValueLayout.JAVA_SHORT_UNALIGNED,
                        next++ * 2,
                        from.get(ValueLayout.JAVA_SHORT_UNALIGNED, source * 2));
            }
        }
        return next;
    }

    private long last() {
        long last = offset;
        for (int dimension = 0; dimension < shape.size(); dimension++) {
            long reach = saturated(shape.get(dimension) - 1L, steps.get(dimension));
            last = last > Long.MAX_VALUE - reach ? Long.MAX_VALUE : last + reach;
        }
        return last;
    }

    private boolean isContiguous() {
        List<Long> contiguous = steps(shape);
        return IntStream.range(0, shape.size())
                .allMatch(dimension ->
                        shape.get(dimension) == 1 || steps.get(dimension).equals(contiguous.get(dimension)));
    }

    private Strides permuted(int... dimensions) {
        return new Strides(
                offset,
                IntStream.of(dimensions).mapToObj(shape::get).toList(),
                IntStream.of(dimensions).mapToObj(steps::get).toList());
    }

    private static List<Long> steps(List<Integer> shape) {
        List<Long> steps = new ArrayList<>();
        long step = 1;
        for (int size : shape.reversed()) {
            steps.addFirst(step);
            step = saturated(step, size);
        }
        return steps;
    }

    private static long saturated(long a, long b) {
        return Math.multiplyHigh(a, b) == 0 && a * b >= 0 ? a * b : Long.MAX_VALUE;
    }
}
