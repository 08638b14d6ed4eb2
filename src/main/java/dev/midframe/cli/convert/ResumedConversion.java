package dev.midframe.cli.convert;

import dev.midframe.container.ContainerException;
import dev.midframe.convert.Conversion;
import dev.midframe.convert.ConvertSettings;
import dev.midframe.convert.parts.PartConversion;
import dev.midframe.convert.parts.StoredPictures;
import java.util.List;

/**
 * A film that is converted in parts on one machine, so that little is lost when the machine goes down.
 *
 * @param film with its parts, some of which may be there
 */
record ResumedConversion(Job job, PlannedFilm film) {

    /** Makes the parts that are missing, and puts all together. */
    Conversion.Result run(Running running, Report report) {
        ConvertSettings settings = film.settings();
        List<Integer> missing = film.parts().missing();
        report.resumed(film.parts().plan(), missing.size());
        for (int number : missing) {
            if (running.isStopped()) {
                throw new ContainerException("stopped");
            }
            PartConversion part = film.parts().part(number, film.film(), settings);
            try (var _ = running.run(part.conversion());
                    var _ = report.progress(job, part.conversion())) {
                part.run();
            }
        }
        Conversion whole = Conversion.ofPictures(
                film.film(), job.output(), settings, lead -> new StoredPictures(film.parts(), lead));
        Conversion.Result result;
        try (var _ = running.run(whole)) {
            result = whole.run(false);
        }
        film.parts().remove();
        return result;
    }
}
