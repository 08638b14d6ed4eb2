package dev.midframe.tensorrt.cuda;

import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_ASSERT;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_DEINITIALIZED;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_ECC_UNCORRECTABLE;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_HARDWARE_STACK_ERROR;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_ILLEGAL_ADDRESS;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_ILLEGAL_INSTRUCTION;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_INVALID_ADDRESS_SPACE;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_INVALID_PC;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_LAUNCH_FAILED;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_LAUNCH_TIMEOUT;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_MISALIGNED_ADDRESS;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_NOT_INITIALIZED;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_NO_DEVICE;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_OUT_OF_MEMORY;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_STUB_LIBRARY;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_SYSTEM_NOT_READY;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_UNKNOWN;

import java.util.Map;
import java.util.Set;

/** What the driver's errors mean for a user. */
final class CudaErrors {

    /** After these every call in this process fails with the same error, says the driver's manual. */
    private static final Set<Integer> STICKY = Set.of(
            CUDA_ERROR_ILLEGAL_ADDRESS(),
            CUDA_ERROR_LAUNCH_TIMEOUT(),
            CUDA_ERROR_ASSERT(),
            CUDA_ERROR_HARDWARE_STACK_ERROR(),
            CUDA_ERROR_ILLEGAL_INSTRUCTION(),
            CUDA_ERROR_MISALIGNED_ADDRESS(),
            CUDA_ERROR_INVALID_ADDRESS_SPACE(),
            CUDA_ERROR_INVALID_PC(),
            CUDA_ERROR_LAUNCH_FAILED());

    private static final String STOPPED = ": the GPU stopped working for this program; start it again";
    private static final String NOT_RUNNING = ": the driver is not running or going down; check nvidia-smi";
    private static final String MISMATCH =
            ": the driver's library and kernel module do not fit each other; restart or reinstall the driver";

    private static final Map<Integer, String> REMEDIES = Map.of(
            CUDA_ERROR_OUT_OF_MEMORY(),
            ": not enough memory; close other programs on the GPU, or lower depth or frame size",
            CUDA_ERROR_NO_DEVICE(),
            ": the driver sees no GPU; check nvidia-smi and the permissions of /dev/nvidia*",
            CUDA_ERROR_NOT_INITIALIZED(),
            NOT_RUNNING,
            CUDA_ERROR_DEINITIALIZED(),
            NOT_RUNNING,
            CUDA_ERROR_STUB_LIBRARY(),
            ": a stub of the driver was loaded; put the real " + Cuda.LIBRARY + " first in the loader's path",
            CUDA_ERROR_SYSTEM_NOT_READY(),
            MISMATCH,
            CUDA_ERROR_SYSTEM_DRIVER_MISMATCH(),
            MISMATCH,
            CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE(),
            MISMATCH,
            CUDA_ERROR_ECC_UNCORRECTABLE(),
            STOPPED,
            CUDA_ERROR_UNKNOWN(),
            STOPPED);

    private CudaErrors() {}

    /** What to do, to be appended to a message; empty where nothing is known. */
    static String remedy(int result) {
        return isSticky(result) ? STOPPED : REMEDIES.getOrDefault(result, "");
    }

    /** Whether the device is lost to this process. */
    static boolean isSticky(int result) {
        return STICKY.contains(result);
    }
}
