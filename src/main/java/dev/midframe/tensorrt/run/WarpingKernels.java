package dev.midframe.tensorrt.run;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.graph.Precision;
import dev.midframe.film.network.FilmPieces;
import dev.midframe.tensorrt.FilmEngines;
import dev.midframe.tensorrt.cuda.CudaContext;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Engines of {@link FilmPieces}, and kernels of our own that warp features between them: TensorRT's own sampling wants planes of
 * 32-bit numbers, so that every warp would be turned into them and back, and what it gives be copied into what is joined.
 */
public record WarpingKernels(FilmPieces film, Precision precision) implements FilmPlan {

    private static final String FLOW = "FLOW.";
    private static final int GROUP = 8;

    @Override
    public List<OnnxGraph> graphs() {
        List<OnnxGraph> graphs = new ArrayList<>();
        graphs.add(film.features());
        for (int level = film.levels() - 1; level >= 0; level--) {
            if (film.hasFlow(level)) {
                graphs.add(film.flow(level));
            }
        }
        graphs.add(film.fusion());
        return graphs;
    }

    /** Features and what is made of them; planes, flows and channels that make no groups are left as they are. */
    @Override
    public Set<String> channelsLast(OnnxGraph graph) {
        return Stream.concat(graph.inputs().stream(), graph.outputs().stream())
                .filter(port -> port.shape().size() == 4 && port.shape().get(1) % GROUP == 0)
                .map(OnnxGraph.Port::name)
                .collect(Collectors.toSet());
    }

    @Override
    public int copies(String engine, String tensor, boolean input) {
        if (engine.equals(FilmWork.FEATURES)) {
            return FilmRunner.BUFFERS;
        } else if (engine.equals(FilmWork.FUSION)) {
            boolean ofFrame = tensor.equals(FilmWork.FRAME) || tensor.equals(FilmWork.TIME);
            return ofFrame ? FilmRunner.BUFFERS : tensor.startsWith("aligned.") ? 1 : 0;
        }
        return tensor.endsWith("own") ? 0 : 1;
    }

    @Override
    public FilmWork work(CudaContext cuda, FilmEngines engines, MemorySegment stream) {
        FilmKernels kernels = new FilmKernels(cuda, precision);
        EngineContexts contexts = new EngineContexts(cuda, engines, this, stream);
        try {
            return new Work(engines, kernels, contexts, stream);
        } catch (RuntimeException e) {
            contexts.close();
            throw e;
        }
    }

    private final class Work implements FilmWork {

        private final FilmKernels kernels;
        private final EngineContexts contexts;
        private final Map<String, List<Long>> shapes = new HashMap<>();
        private final Map<Integer, Long> flows = new HashMap<>();

        Work(FilmEngines engines, FilmKernels kernels, EngineContexts contexts, MemorySegment stream) {
            this.kernels = kernels;
            this.contexts = contexts;
            engines.engine(FEATURES)
                    .tensors()
                    .forEach(tensor -> shapes.put(tensor.name(), tensor.shape().sizes()));
            for (int level = 0; level < film.levels(); level++) {
                flows.put(
                        level,
                        film.hasFlow(level)
                                ? contexts.address(FLOW + level, "flow", 0)
                                : contexts.cleared(4L * Float.BYTES * height(level) * width(level), stream));
            }
        }

        @Override
        public EngineContexts contexts() {
            return contexts;
        }

        @Override
        public List<Step> flow(int second) {
            List<Step> steps = new ArrayList<>();
            for (int level = film.levels() - 1; level >= 0; level--) {
                int height = height(level);
                int width = width(level);
                String engine = FLOW + level;
                boolean predicted = film.hasFlow(level);
                long upsampled = predicted ? contexts.address(engine, "upsampled", 0) : flows.get(level);
                if (level < film.levels() - 1) {
                    long coarse = flows.get(level + 1);
                    steps.add(stream -> kernels.enlargeFlow(coarse, upsampled, height, width, stream));
                }
                if (predicted) {
                    long warped = contexts.address(engine, "warped", 0);
                    long first = ofFrame("features." + level, 1 - second);
                    long later = ofFrame("features." + level, second);
                    int channels = channels(level);
                    steps.add(stream ->
                            kernels.warpOthers(first, later, upsampled, warped, channels, height, width, stream));
                    String own = "own." + level;
                    steps.add(contexts.run(engine, name -> switch (name) {
                        case "first.own" -> ofFrame(own, 1 - second);
                        case "second.own" -> ofFrame(own, second);
                        default -> contexts.address(engine, name, 0);
                    }));
                }
            }
            return steps;
        }

        @Override
        public List<Step> fusion(int second, int out) {
            List<Step> steps = new ArrayList<>();
            long time = time(out);
            for (int level = 0; level < film.fusionLevels(); level++) {
                int height = height(level);
                int width = width(level);
                int channels = channels(level);
                long flow = flows.get(level);
                long first = ofFrame("features." + level, 1 - second);
                long later = ofFrame("features." + level, second);
                String image = "image." + level;
                long[] images = shapes.containsKey(image)
                        ? new long[] {ofFrame(image, 1 - second), ofFrame(image, second)}
                        : new long[0];
                long aligned = contexts.address(FUSION, "aligned." + level, 0);
                steps.add(stream -> kernels.fusionInput(
                        first, later, images, flow, time, aligned, channels, height, width, stream));
            }
            steps.add(contexts.run(FUSION, name -> ofFusion(name, second, out)));
            return steps;
        }

        private long ofFusion(String name, int second, int out) {
            return switch (name) {
                case FRAME -> frameOut(out);
                case TIME -> time(out);
                case "flow" -> flows.get(0);
                case "first.y", "first.c" -> ofFrame(name.substring("first.".length()), 1 - second);
                case "second.y", "second.c" -> ofFrame(name.substring("second.".length()), second);
                default -> contexts.address(FUSION, name, 0);
            };
        }

        private long ofFrame(String tensor, int buffer) {
            return contexts.address(FEATURES, tensor, buffer);
        }

        private int channels(int level) {
            return side(level, 1);
        }

        private int height(int level) {
            return side(level, 2);
        }

        private int width(int level) {
            return side(level, 3);
        }

        private int side(int level, int axis) {
            return Math.toIntExact(shapes.get("features." + level).get(axis));
        }
    }
}
