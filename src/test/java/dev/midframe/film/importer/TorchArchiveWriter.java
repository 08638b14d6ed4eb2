package dev.midframe.film.importer;

import dev.midframe.film.weights.Tensor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives as PyTorch lays them out. */
final class TorchArchiveWriter {

    private TorchArchiveWriter() {}

    /** The records of {@code torch.save({name: tensor})}; {@code prefix} goes before every name. */
    static SequencedMap<String, byte[]> records(List<Tensor> tensors, String prefix) {
        SequencedMap<String, byte[]> records = new LinkedHashMap<>();
        PickleWriter pickle = PickleWriter.protocol2().op(PickleOpcode.EMPTY_DICT, PickleOpcode.MARK);
        records.put("data.pkl", new byte[0]);
        for (Tensor tensor : tensors) {
            String key = Integer.toString(records.size() - 1);
            String storage = tensor.type() == Tensor.Type.F32 ? "FloatStorage" : "HalfStorage";
            pickle.text(prefix + tensor.name());
            pickle.tensor(storage, key, (int) tensor.elements(), 0, tensor.shape(), contiguous(tensor.shape()));
            records.put("data/" + key, tensor.data().toArray(ValueLayout.JAVA_BYTE));
        }
        records.put("data.pkl", pickle.op(PickleOpcode.SETITEMS).stop());
        records.put("version", new byte[] {'3', '\n'});
        return records;
    }

    /** Zips records, uncompressed, into one folder. */
    static Path write(Path file, Map<String, byte[]> records) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (Map.Entry<String, byte[]> record : records.entrySet()) {
                ZipEntry entry = new ZipEntry("archive/" + record.getKey());
                CRC32 checksum = new CRC32();
                checksum.update(record.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(record.getValue().length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(record.getValue());
            }
        }
        return file;
    }

    static List<Integer> contiguous(List<Integer> shape) {
        List<Integer> strides = new ArrayList<>();
        int step = 1;
        for (int size : shape.reversed()) {
            strides.add(step);
            step *= size;
        }
        Collections.reverse(strides);
        return strides;
    }
}
