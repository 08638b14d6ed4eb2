package dev.midframe.film.model;

import dev.midframe.film.ModelException;
import dev.midframe.support.UserFolders;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models at hand: those that come with the program, and the user's own in one folder. A user's model hides a shipped one. */
public final class FilmModels {

    /** The model for CPUs; it comes with the program. */
    public static final String DEFAULT = "film-lite";

    /** Asks for the default. */
    public static final String AUTO = "auto";

    private static final List<String> SHIPPED = List.of("film-lite", "film-base");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Path folder;

    /** Models of the program and of a folder, which need not exist. */
    public FilmModels(Path folder) {
        this.folder = folder;
    }

    /**
     * Models of the program and of the user: {@code $MIDFRAME_MODELS}, else {@code $XDG_DATA_HOME/midframe/models}, else
     * {@code ~/.local/share/midframe/models}.
     *
     * @param environment variables by name, usually {@link System#getenv()}
     */
    public static FilmModels ofUser(Map<String, String> environment) {
        String own = environment.getOrDefault("MIDFRAME_MODELS", "");
        if (!own.isEmpty()) {
            return new FilmModels(Path.of(own));
        }
        return new FilmModels(new UserFolders(environment).data().resolve("models"));
    }

    /** Where the user's models lie, one {@code NAME.safetensors} each. */
    public Path folder() {
        return folder;
    }

    /** Names of all models, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        SHIPPED.stream().filter(name -> resource(name) != null).forEach(names::add);
        names.addAll(userNames());
        return List.copyOf(names);
    }

    /** Whether a model comes with the program and no file of the user's hides it. */
    public boolean isShipped(String name) {
        return !userNames().contains(name) && SHIPPED.contains(name) && resource(name) != null;
    }

    /**
     * Opens a model.
     *
     * @param name one of {@link #names}, {@code auto} for {@link #DEFAULT}, or the path of a {@code .safetensors} file
     * @throws ModelException when there is none of that name, or its file cannot be used
     */
    public FilmModel find(String name) {
        String wanted = name.equals(AUTO) ? DEFAULT : name;
        if (wanted.endsWith(FilmModel.EXTENSION)) {
            return FilmModel.open(Path.of(wanted));
        }
        if (NAME.matcher(wanted).matches()) {
            Path file = file(wanted);
            if (Files.exists(file)) {
                return FilmModel.open(file);
            }
            URL shipped = SHIPPED.contains(wanted) ? resource(wanted) : null;
            if (shipped != null) {
                return FilmModel.read(wanted, shipped);
            }
        }
        throw new ModelException("there is no model " + wanted + "; there are " + String.join(", ", names())
                + " and what " + folder + " holds as NAME" + FilmModel.EXTENSION);
    }

    /** The file a user's model of this name has or would have. */
    public Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ModelException(
                    "a model cannot be named " + name + "; letters, digits, dot, minus and underscore are allowed");
        }
        return folder.resolve(name + FilmModel.EXTENSION);
    }

    private List<String> userNames() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = new ArrayList<>();
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(FilmModel.EXTENSION))
                    .map(file -> file.substring(0, file.length() - FilmModel.EXTENSION.length()))
                    .filter(NAME.asMatchPredicate())
                    .forEach(names::add);
            return names;
        } catch (IOException e) {
            throw new ModelException("cannot list the models in " + folder + ": " + e, e);
        }
    }

    private static @Nullable URL resource(String name) {
        return FilmModels.class.getResource("/models/" + name + FilmModel.EXTENSION);
    }
}
