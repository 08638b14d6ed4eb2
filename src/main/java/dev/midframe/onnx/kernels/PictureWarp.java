package dev.midframe.onnx.kernels;

import dev.midframe.onnx.kernels.sampling.Bilinear;
import dev.midframe.onnx.kernels.sampling.FlowRows;
import dev.midframe.onnx.lowering.CustomOp;
import dev.midframe.onnx.lowering.Operands;
import java.util.List;

/** {@link CustomOp#PICTURE_WARP}. */
record PictureWarp() implements Computation {

    @Override
    public void run(List<FloatTensor> inputs, Outputs outputs) {
        Operands.PictureWarp<FloatTensor> in = Operands.PictureWarp.of(inputs);
        FloatTensor picture = in.picture();
        FloatTensor flow = in.flow();
        FloatTensor warped = outputs.allocate(0, picture.shape());
        int width = picture.width();
        FlowRows flows = new FlowRows(flow, 0, width / flow.width(), picture.height() / flow.height());
        float[] plane = new float[picture.plane()];
        for (int channel = 0; channel < picture.channels(); channel++) {
            picture.read((long) channel * picture.plane(), plane, 0, plane.length);
            for (int y = 0; y < picture.height(); y++) {
                flows.read(y);
                for (int x = 0; x < width; x++) {
                    float value = Bilinear.sample(plane, width, picture.height(), x + flows.x[x], y + flows.y[x]);
                    warped.set((long) channel * picture.plane() + (long) y * width + x, value);
                }
            }
        }
    }
}
