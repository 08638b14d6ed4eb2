package dev.midframe.ffi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeFunctionsTest {

    private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();

    /** Functions of the C library. */
    interface CLibrary {

        long strlen(long text);

        int abs(int number);

        long labs(long number);

        double ldexp(double number, int exponent);

        void qsort(long elements, long count, long size, long compare);
    }

    /** One that no library has. */
    interface Missing {

        int midframe_has_no_such_function();
    }

    private final CLibrary c = NativeFunctions.bind(CLibrary.class, C);

    @Test
    void passEveryTypeAndGiveItBack() {
        try (Arena arena = Arena.ofConfined()) {
            assertThat(c.strlen(arena.allocateFrom("äb").address())).isEqualTo(3);
        }
        assertThat(c.abs(-7)).isEqualTo(7);
        assertThat(c.labs(Long.MIN_VALUE + 1)).isEqualTo(Long.MAX_VALUE);
        assertThat(c.ldexp(0.75, 3)).isEqualTo(6);
    }

    @Test
    void aMissingFunctionIsNamed() {
        assertThatThrownBy(() -> NativeFunctions.bind(Missing.class, C))
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessage("the library has no function midframe_has_no_such_function");
    }

    @Test
    void aFunctionAtNullDoesNothing() {
        Missing none = NativeFunctions.bindAt(Missing.class, name -> 0);

        assertThat(none.midframe_has_no_such_function()).isZero();
    }

    /** Compares numbers for qsort, or fails. */
    private static final class Comparison {

        private final boolean fails;

        Comparison(boolean fails) {
            this.fails = fails;
        }

        int compare(long first, long second) {
            if (fails) {
                throw new StackOverflowError("on purpose");
            }
            return Integer.compare(Memory.getInt(first, 0), Memory.getInt(second, 0));
        }
    }

    private MemorySegment sort(Arena arena, Comparison comparison, List<Throwable> reported) {
        Upcalls upcalls = new Upcalls(arena, (thrown, first) -> reported.add(thrown));
        MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_INT, 3, 1, 2);
        c.qsort(numbers.address(), 3, 4, upcalls.address(comparison, "compare", 1));
        return numbers;
    }

    @Test
    void cCallsJava() {
        try (Arena arena = Arena.ofConfined()) {
            List<Throwable> reported = new ArrayList<>();

            MemorySegment numbers = sort(arena, new Comparison(false), reported);

            assertThat(numbers.toArray(ValueLayout.JAVA_INT)).containsExactly(1, 2, 3);
            assertThat(reported).isEmpty();
        }
    }

    @Test
    void whatAnUpcallThrowsIsReportedAndGoesNoFurther() {
        try (Arena arena = Arena.ofConfined()) {
            List<Throwable> reported = new ArrayList<>();

            sort(arena, new Comparison(true), reported);

            assertThat(reported).isNotEmpty().allMatch(StackOverflowError.class::isInstance);
        }
    }

    @Test
    void notEvenAFailingReportLeavesAnUpcall() {
        try (Arena arena = Arena.ofConfined()) {
            Upcalls upcalls = new Upcalls(arena, (thrown, first) -> {
                throw new IllegalStateException("the report fails too");
            });
            MemorySegment numbers = arena.allocateFrom(ValueLayout.JAVA_INT, 2, 1);

            c.qsort(numbers.address(), 2, 4, upcalls.address(new Comparison(true), "compare", 1));

            assertThat(numbers.toArray(ValueLayout.JAVA_INT)).containsExactlyInAnyOrder(1, 2);
        }
    }
}
