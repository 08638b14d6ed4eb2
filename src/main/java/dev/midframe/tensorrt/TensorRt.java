package dev.midframe.tensorrt;

import dev.midframe.binding.CLibrary;
import dev.midframe.binding.tensorrt.CxxObjects;
import dev.midframe.binding.tensorrt.NvInfer;
import dev.midframe.binding.tensorrt.NvOnnxParser;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** TensorRT ready for work: its factories, the calls of its objects, its log. */
final class TensorRt {

    private final int version;
    private final NvInfer nvinfer;
    private final NvOnnxParser parser;
    private final CxxObjects objects;
    private final TensorRtLog log;

    /**
     * @param version 10000 x major + 100 x minor + patch, major 10 or 11
     * @param nvinfer its factories
     * @param parser likewise
     */
    TensorRt(int version, NvInfer nvinfer, NvOnnxParser parser) {
        this.version = version;
        this.nvinfer = nvinfer;
        this.parser = parser;
        this.objects = new CxxObjects(version / 10000);
        this.log = new TensorRtLog(objects);
    }

    /**
     * Loads the libraries.
     *
     * @param environment as {@link System#getenv()}
     * @param cuda is not used, but has to be there: without a device the factories end the process or return garbage
     * @throws TensorRtException when there are no libraries of a known version
     */
    static TensorRt load(Map<String, String> environment, Cuda cuda) {
        cuda.gpu(0);
        TensorRtLibraries libraries = TensorRtLibraries.load(environment);
        libraries.announceFolder();
        return new TensorRt(
                libraries.version(),
                libraries.nvinfer(),
                CLibrary.bind(NvOnnxParser.class, libraries.sibling("libnvonnxparser")));
    }

    int major() {
        return version / 10000;
    }

    /** For people and as part of a cache key, for example {@code 11.2.1}. */
    String versionText() {
        return major() + "." + version / 100 % 100 + "." + version % 100;
    }

    CxxObjects objects() {
        return objects;
    }

    Builder createBuilder() {
        return new Builder(this, nvinfer.createInferBuilder_INTERNAL(log.address(), version));
    }

    Runtime createRuntime() {
        return new Runtime(this, nvinfer.createInferRuntime_INTERNAL(log.address(), version));
    }

    OnnxParser createParser(NetworkDefinition network) {
        MemorySegment address = parser.createNvOnnxParser_INTERNAL(network.address(), log.address(), version);
        return new OnnxParser(this, address);
    }

    /** An exception with TensorRT's last error. */
    TensorRtException failure(String what) {
        String error = log.takeError();
        return new TensorRtException("TensorRT " + versionText() + ": " + what + (error.isEmpty() ? "" : ": " + error));
    }

    /** Turns a false into an exception. */
    void require(boolean success, String call) {
        if (!success) {
            throw failure(call + " failed");
        }
    }
}
