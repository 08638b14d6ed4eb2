package dev.midframe.ffi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Java objects that C carries about as a number, the {@code user_data} of its callbacks: one lasting function pointer serves
 * any number of them.
 *
 * @param <T> what a number stands for
 */
public final class UserData<T> {

    private final AtomicLong last = new AtomicLong();
    private final Map<Long, T> objects = new ConcurrentHashMap<>();

    /** Keeps an object until {@link #remove}; its number is not 0. */
    public long add(T object) {
        long number = last.incrementAndGet();
        objects.put(number, object);
        return number;
    }

    /** The object of a number, null where it has been removed. */
    public @Nullable T get(long number) {
        return objects.get(number);
    }

    /** Forgets an object. */
    public void remove(long number) {
        objects.remove(number);
    }

    /** How many objects are kept. */
    public int size() {
        return objects.size();
    }
}
