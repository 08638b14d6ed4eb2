package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import dev.midframe.film.importer.PickleValue.Dictionary;
import dev.midframe.film.importer.PickleValue.Global;
import dev.midframe.film.importer.PickleValue.Sequence;
import dev.midframe.film.importer.PickleValue.Storage;
import dev.midframe.film.importer.PickleValue.Text;
import dev.midframe.film.importer.PickleValue.View;
import dev.midframe.film.importer.PickleValue.Whole;
import dev.midframe.film.weights.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** What the few classes and functions that a pickle of weights names stand for. Any other is refused by its name. */
final class TorchObjects {

    /** TorchScript puts the classes of the saved modules, whatever they are, under this name. */
    private static final String SCRIPTED = "__torch__";

    private TorchObjects() {}

    /** Returns the name itself when weights may use it. */
    static Global known(Global global) {
        boolean known = isScripted(global)
                || switch (global.toString()) {
                    case "collections.OrderedDict",
                            "torch.FloatStorage",
                            "torch.HalfStorage",
                            "torch._utils._rebuild_tensor_v2",
                            "torch._utils._rebuild_parameter",
                            "torch.jit._pickle.build_intlist",
                            "torch.jit._pickle.build_boollist",
                            "torch.jit._pickle.build_doublelist",
                            "torch.jit._pickle.build_tensorlist" -> true;
                    default -> false;
                };
        if (!known) {
            throw new ModelException("its pickle names " + printable(global)
                    + ", which weights in float32 or float16 do not need; nothing of it was run");
        }
        return global;
    }

    /** What a call gives. */
    static PickleValue call(Global function, Sequence arguments) {
        List<PickleValue> items = arguments.items();
        return switch (function.toString()) {
            case "collections.OrderedDict" -> empty(function, arguments);
            case "torch._utils._rebuild_tensor_v2" -> view(function, items);
            case "torch._utils._rebuild_parameter" -> argument(function, items, 0, View.class);
            case "torch.jit._pickle.build_intlist",
                    "torch.jit._pickle.build_boollist",
                    "torch.jit._pickle.build_doublelist",
                    "torch.jit._pickle.build_tensorlist" -> argument(function, items, 0, Sequence.class);
            default -> throw unknown(function);
        };
    }

    /** A new module without attributes yet. */
    static PickleValue create(Global type, Sequence arguments) {
        if (!isScripted(type)) {
            throw unknown(type);
        }
        return empty(type, arguments);
    }

    /** A persistent id: {@code ("storage", class, key, device, elements)}. */
    static Storage storage(Sequence id) {
        List<PickleValue> items = id.items();
        Global type = argument(id, items, 1, Global.class);
        long elements = argument(id, items, 4, Whole.class).value();
        if (items.size() != 5 || !items.getFirst().equals(new Text("storage")) || elements < 0) {
            throw new ModelException("its pickle describes a storage in an unknown way");
        }
        return new Storage(type(type), argument(id, items, 2, Text.class).value(), elements);
    }

    private static Dictionary empty(Global type, Sequence arguments) {
        if (!arguments.items().isEmpty()) {
            throw unknown(type);
        }
        return new Dictionary(new LinkedHashMap<>());
    }

    private static ModelException unknown(Global global) {
        return new ModelException("its pickle uses " + printable(global) + " in an unknown way");
    }

    private static Tensor.Type type(Global type) {
        return switch (type.toString()) {
            case "torch.FloatStorage" -> Tensor.Type.F32;
            case "torch.HalfStorage" -> Tensor.Type.F16;
            default -> throw new ModelException("its pickle takes " + printable(type) + " for a kind of storage");
        };
    }

    /** {@code (storage, offset, shape, strides, ...)}; what follows concerns gradients. */
    private static View view(Global function, List<PickleValue> items) {
        List<Integer> shape = numbers(function, items, 2).stream()
                .map(size -> size == size.intValue() ? size.intValue() : -1)
                .toList();
        return new View(
                argument(function, items, 0, Storage.class),
                new Strides(argument(function, items, 1, Whole.class).value(), shape, numbers(function, items, 3)));
    }

    private static List<Long> numbers(Global function, List<PickleValue> items, int index) {
        List<PickleValue> values =
                argument(function, items, index, Sequence.class).items();
        List<Long> numbers = new ArrayList<>();
        for (int position = 0; position < values.size(); position++) {
            numbers.add(argument(function, values, position, Whole.class).value());
        }
        return numbers;
    }

    private static <T extends PickleValue> T argument(
            PickleValue owner, List<PickleValue> arguments, int index, Class<T> type) {
        if (index < arguments.size() && type.isInstance(arguments.get(index))) {
            return type.cast(arguments.get(index));
        }
        String name = owner instanceof Global global ? printable(global) : "a storage";
        throw new ModelException("its pickle gives " + name + " no " + type.getSimpleName() + " at argument " + index);
    }

    private static boolean isScripted(Global global) {
        return global.module().equals(SCRIPTED) || global.module().startsWith(SCRIPTED + ".");
    }

    private static String printable(Global global) {
        String name = global.toString().replaceAll("[^\\x20-\\x7e]", "?");
        return name.length() <= 100 ? name : name.substring(0, 100) + "...";
    }
}
