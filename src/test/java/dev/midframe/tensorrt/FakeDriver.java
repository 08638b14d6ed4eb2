package dev.midframe.tensorrt;

import dev.midframe.binding.CLibrary;
import dev.midframe.binding.cuda.CudaDriver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/** A CUDA driver in Java with a given number of devices; every function can be made to fail. */
final class FakeDriver {

    private final Map<String, Integer> failures = new HashMap<>();
    private final int devices;

    FakeDriver(int devices) {
        this.devices = devices;
    }

    /** Makes a function return an error from now on. */
    FakeDriver failing(String function, int result) {
        failures.put(function, result);
        return this;
    }

    CudaDriver driver() {
        return CLibrary.proxy(CudaDriver.class, (proxy, method, arguments) -> {
            Integer failure = failures.get(method.getName());
            return failure == null ? answer(method.getName(), arguments) : failure;
        });
    }

    private int answer(String function, Object[] arguments) {
        switch (function) {
            case "cuInit" -> {}
            case "cuDriverGetVersion" -> setInt(arguments[0], 13000);
            case "cuDeviceGetCount" -> setInt(arguments[0], devices);
            case "cuDeviceGet" -> setInt(arguments[0], (int) arguments[1]);
            case "cuDeviceGetName" -> ((MemorySegment) arguments[0]).setString(0, "Test GPU");
            case "cuDeviceGetUuid" -> ((MemorySegment) arguments[0]).fill((byte) 0xAB);
            case "cuDeviceTotalMem_v2" -> ((MemorySegment) arguments[0]).set(ValueLayout.JAVA_LONG, 0, 8L << 30);
            case "cuDeviceGetAttribute" ->
                setInt(arguments[0], (int) arguments[1] == CudaDriver.ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR ? 9 : 0);
            case "cuGetErrorName" ->
                ((MemorySegment) arguments[1])
                        .set(ValueLayout.ADDRESS, 0, Arena.global().allocateFrom("CUDA_ERROR_OF_TEST"));
            default -> throw new AssertionError(function + " was not expected");
        }
        return CudaDriver.SUCCESS;
    }

    private static void setInt(Object pointer, int value) {
        ((MemorySegment) pointer).set(ValueLayout.JAVA_INT, 0, value);
    }
}
