package dev.midframe.onnx.kernels;

import dev.midframe.onnx.kernels.sampling.BilinearRows;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.util.Arrays;
import java.util.List;

/** {@link CustomOp#PICTURE_WARP}. */
record PictureWarp() implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs, ParallelRows parallel) {
        Operands.PictureWarp<FloatTensor> in = Operands.PictureWarp.of(inputs);
        FloatTensor picture = in.picture();
        FloatTensor flow = in.flow();
        FloatTensor warped = outputs.allocate(0, picture.shape());
        float[][] planes = new float[picture.channels()][picture.plane()];
        for (int channel = 0; channel < planes.length; channel++) {
            picture.read((long) channel * picture.plane(), planes[channel], 0, planes[channel].length);
        }
        long nanosPerRow = 10L * planes.length * picture.width();
        parallel.run(picture.height(), nanosPerRow, (from, to) -> rows(planes, flow, warped, from, to));
    }

    private static void rows(float[][] planes, FloatTensor flow, FloatTensor warped, int from, int to) {
        int width = warped.width();
        int height = warped.height();
        int stored = Lanes.whole(width);
        FlowRows flows = new FlowRows(flow, 0, width / flow.width(), height / flow.height(), stored);
        float[] line = new float[stored];
        BilinearRows[] samplers = new BilinearRows[planes.length];
        Arrays.setAll(samplers, channel -> new BilinearRows(planes[channel], width, height));
        for (int y = from; y < to; y++) {
            flows.read(y);
            for (int channel = 0; channel < planes.length; channel++) {
                samplers[channel].sample(flows.x, flows.y, y, line);
                warped.write(line, width, (long) channel * warped.plane() + (long) y * width);
            }
        }
    }
}
