package dev.midframe.tensorrt.cuda;

import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_LAUNCH_FAILED;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_NO_DEVICE;
import static dev.midframe.ffi.cuda.generated.cuda_driver_h.CUDA_ERROR_OUT_OF_MEMORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.midframe.ffi.cuda.CudaDriver;
import dev.midframe.tensorrt.TensorRtException;
import dev.midframe.testkit.gpu.FakeGpu;
import org.junit.jupiter.api.Test;

class CudaTest {

    @Test
    void describesTheDevicesOfTheDriver() {
        Cuda cuda = Cuda.initialize(new FakeGpu(2).driver());

        assertThat(cuda.version()).isEqualTo("13.0");
        assertThat(cuda.gpus())
                .extracting(Gpu::toString)
                .containsExactly(
                        "0: Test GPU, compute capability 9.0, 8.0 GiB, GPU-a0a0a0a0-a0a0-a0a0-a0a0-a0a0a0a0a0a0",
                        "1: Test GPU, compute capability 9.0, 8.0 GiB, GPU-a1a1a1a1-a1a1-a1a1-a1a1-a1a1a1a1a1a1");
    }

    @Test
    void countsDevicesAsNvidiaSmiDoes() {
        FakeGpu three = new FakeGpu(3).onBus(0, 0x41).onBus(1, 0x02).onBus(2, 0xC1);

        assertThat(Cuda.initialize(three.driver()).gpus())
                .extracting(Gpu::ordinal, Gpu::handle)
                .containsExactly(tuple(0, 1), tuple(1, 0), tuple(2, 2));
    }

    @Test
    void namesTheDevicesThereAreWhenAnotherIsAskedFor() {
        assertThatThrownBy(() -> Cuda.initialize(new FakeGpu(2).driver()).gpu(2))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("there is no GPU number 2; there are 0 to 1");
        assertThatThrownBy(() -> Cuda.initialize(new FakeGpu(0).driver()).gpu(0))
                .hasMessage("there is no GPU number 0; the driver sees none");
    }

    @Test
    void saysWhichCallFailedWithWhatAndWhatToDo() {
        CudaDriver driver =
                new FakeGpu(1).failing("cuInit", CUDA_ERROR_NO_DEVICE()).driver();

        assertThatThrownBy(() -> Cuda.initialize(driver))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("cuInit failed with CUDA_ERROR_OF_TEST (100): the driver sees no GPU;"
                        + " check nvidia-smi and the permissions of /dev/nvidia*");
    }

    @Test
    void aDriverThatIsTooOldIsRefusedWithWhatToInstall() {
        assertThatThrownBy(() ->
                        Cuda.initialize(new FakeGpu(1).withDriverVersion(11040).driver()))
                .isInstanceOf(TensorRtException.class)
                .hasMessage("the CUDA driver is too old (it knows CUDA 11.4 at most): install NVIDIA's driver 525 or"
                        + " later");
    }

    @Test
    void aDriverThatWillNeverWorkAgainForThisProcessSaysSoFromThenOn() {
        Cuda cuda = Cuda.initialize(new FakeGpu(1).driver());
        assertThatThrownBy(() -> cuda.check(CUDA_ERROR_OUT_OF_MEMORY(), "cuMemAlloc"));
        assertThatCode(cuda::checkAlive).doesNotThrowAnyException();

        assertThatThrownBy(() -> cuda.check(CUDA_ERROR_LAUNCH_FAILED(), "cuGraphLaunch"));
        assertThatThrownBy(cuda::checkAlive)
                .isInstanceOf(TensorRtException.class)
                .hasMessage("the GPU stopped working for this program before"
                        + " (cuGraphLaunch failed with CUDA_ERROR_OF_TEST (719)); start it again");
    }

    @Test
    void anErrorTheDriverCannotNameKeepsItsNumber() {
        CudaDriver driver = new FakeGpu(1)
                .failing("cuInit", 12345)
                .failing("cuGetErrorName", 1)
                .driver();

        assertThatThrownBy(() -> Cuda.initialize(driver)).hasMessage("cuInit failed with error 12345");
    }
}
