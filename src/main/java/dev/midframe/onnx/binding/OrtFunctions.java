package dev.midframe.onnx.binding;

/**
 * The functions used of ONNX Runtime's C API, under their names in onnxruntime_c_api.h. Those that may fail give NULL for
 * success, or a status to be released.
 */
interface OrtFunctions {

    long GetErrorMessage(long status);

    void ReleaseStatus(long status);

    long CreateCustomOpDomain(long name, long domain);

    long CustomOpDomain_Add(long domain, long operator);

    long AddCustomOpDomain(long sessionOptions, long domain);

    long GetTensorMutableData(long tensor, long data);

    long GetDimensionsCount(long info, long count);

    long GetDimensions(long info, long sizes, long count);

    long GetTensorTypeAndShape(long tensor, long info);

    long KernelContext_GetInput(long context, long index, long tensor);

    long KernelContext_GetOutput(long context, long index, long sizes, long count, long tensor);

    long KernelContext_ParallelFor(long context, long function, long total, long batches, long userData);

    void ReleaseTensorTypeAndShapeInfo(long info);

    void ReleaseCustomOpDomain(long domain);
}
