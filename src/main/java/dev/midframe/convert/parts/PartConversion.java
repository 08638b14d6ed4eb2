package dev.midframe.convert.parts;

import dev.midframe.container.ContainerException;
import dev.midframe.convert.Conversion;
import dev.midframe.convert.ConvertSettings;
import dev.midframe.convert.Film;
import dev.midframe.convert.section.PacketLog;
import java.nio.file.Path;

/** One part on its way into its folder. */
public final class PartConversion {

    private final PartsFolder folder;
    private final int number;
    private final Path file;
    private final PacketLog log = new PacketLog();
    private final Conversion conversion;

    PartConversion(PartsFolder folder, int number, Film film, Path file, ConvertSettings settings) {
        this.folder = folder;
        this.number = number;
        this.file = file;
        this.conversion = Conversion.ofPart(
                film,
                file,
                Path.of(folder.plan().output()),
                settings,
                folder.plan().section(number),
                log);
    }

    /** For its progress, and to stop it. */
    public Conversion conversion() {
        return conversion;
    }

    /**
     * Makes the part.
     *
     * @throws ContainerException when it fails, or another engine made it than the plan's
     */
    public Conversion.Result run() {
        Conversion.Result result = conversion.run(false);
        String engine = PartPlan.withoutThreads(result.engine().orElse("none"));
        if (result.framesGenerated() > 0 && !engine.equals(folder.plan().engine())) {
            conversion.removeOutput();
            throw new ContainerException("part " + number + " was made by " + engine + ", but the plan asks for "
                    + folder.plan().engine()
                    + ", whose frames are others; make it on another machine, or plan anew here");
        }
        folder.finish(number, file, engine, result.framesGenerated(), log);
        return result;
    }
}
