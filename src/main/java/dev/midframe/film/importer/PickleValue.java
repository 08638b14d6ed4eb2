package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import dev.midframe.film.weights.Tensor;
import java.util.List;
import java.util.SequencedMap;

/** What a pickle of weights can hold. Containers are filled while the pickle is read, and not changed afterwards. */
sealed interface PickleValue {

    /** Python's singletons. */
    enum Constant implements PickleValue {
        NONE,
        TRUE,
        FALSE
    }

    /** An integer. */
    record Whole(long value) implements PickleValue {}

    /** A floating-point number. */
    record Real(double value) implements PickleValue {}

    /** A string. */
    record Text(String value) implements PickleValue {}

    /** A list or a tuple. */
    record Sequence(List<PickleValue> items) implements PickleValue {}

    /** A dictionary with strings for keys, or a module's attributes. */
    record Dictionary(SequencedMap<String, PickleValue> entries) implements PickleValue {

        void put(String key, PickleValue value) {
            if (entries.putIfAbsent(key, value) != null) {
                throw new ModelException("its pickle sets '" + key + "' twice");
            }
        }
    }

    /** A class or function, by name only. */
    record Global(String module, String name) implements PickleValue {

        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /**
     * A record of the archive that holds values.
     *
     * @param key the record's name
     * @param elements how many values of {@code type} it holds
     */
    record Storage(Tensor.Type type, String key, long elements) implements PickleValue {}

    /** A tensor: where its values lie in a storage. */
    record View(Storage storage, Strides strides) implements PickleValue {}
}
