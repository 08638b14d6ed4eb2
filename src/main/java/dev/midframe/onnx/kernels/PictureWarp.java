package dev.midframe.onnx.kernels;

import dev.midframe.onnx.kernels.sampling.Bilinear;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
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
        FlowRows flows = new FlowRows(flow, 0, width / flow.width(), height / flow.height());
        for (int y = from; y < to; y++) {
            flows.read(y);
            for (int channel = 0; channel < planes.length; channel++) {
                long line = (long) channel * warped.plane() + (long) y * width;
                for (int x = 0; x < width; x++) {
                    float value = Bilinear.sample(planes[channel], width, height, x + flows.x[x], y + flows.y[x]);
                    warped.set(line + x, value);
                }
            }
        }
    }
}
