package dev.midframe.film.importer;

import dev.midframe.film.ModelException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the variables' names of google-research/frame-interpolation (models/film_net) into the project's, which are
 * those of the PyTorch port: its lists of flow predictors and of fusion steps run from coarse to fine, TensorFlow's from
 * fine to coarse.
 */
final class TensorFlowNames {

    private static final Pattern FEATURES =
            Pattern.compile("feat_net/sub_extractor/cfeat_conv_(\\d{1,4})/(kernel|bias)");
    private static final Pattern FLOW =
            Pattern.compile("predict_flow/flow_predictor_(shared|\\d{1,4})/conv_(\\d{1,4})/(kernel|bias)");
    /** Keras numbers unnamed layers of a kind: the order counts, not the numbers. */
    private static final Pattern FUSION = Pattern.compile("fusion/conv2d(?:_(\\d{1,9}))?/(kernel|bias)");

    private static final int CONVOLUTIONS_A_STEP = 3;

    private final int specializedLevels;
    private final List<Integer> fusionConvolutions;

    private TensorFlowNames(int specializedLevels, List<Integer> fusionConvolutions) {
        this.specializedLevels = specializedLevels;
        this.fusionConvolutions = fusionConvolutions;
    }

    /**
     * The project's names by TensorFlow's.
     *
     * @throws ModelException naming a variable that no FILM has
     */
    static Map<String, String> translate(Collection<String> names) {
        TreeSet<Integer> predictors = new TreeSet<>();
        TreeSet<Integer> fusion = new TreeSet<>();
        for (String name : names) {
            Matcher flow = FLOW.matcher(name);
            if (flow.matches() && !flow.group(1).equals("shared")) {
                predictors.add(Integer.valueOf(flow.group(1)));
            }
            Matcher fused = FUSION.matcher(name);
            if (fused.matches()) {
                fusion.add(number(fused));
            }
        }
        TensorFlowNames translation = new TensorFlowNames(predictors.size(), List.copyOf(fusion));
        Map<String, String> translated = new HashMap<>();
        for (String name : names) {
            translated.put(name, translation.translate(name));
        }
        return translated;
    }

    private String translate(String name) {
        Matcher features = FEATURES.matcher(name);
        if (features.matches()) {
            int index = Integer.parseInt(features.group(1));
            return "extract.extract_sublevels.convs." + index / 2 + "." + index % 2 + ".0." + part(features.group(2));
        }
        Matcher flow = FLOW.matcher(name);
        if (flow.matches()) {
            String predictor = flow.group(1).equals("shared")
                    ? "_predictor"
                    : "_predictors." + (specializedLevels - 1 - Integer.parseInt(flow.group(1)));
            return "predict_flow." + predictor + "._convs." + Integer.parseInt(flow.group(2)) + ".0."
                    + part(flow.group(3));
        }
        Matcher fusion = FUSION.matcher(name);
        if (fusion.matches()) {
            return "fuse." + fusion(fusionConvolutions.indexOf(number(fusion))) + part(fusion.group(2));
        }
        throw new ModelException("it has the variable " + name + ", which FILM has not");
    }

    private String fusion(int index) {
        int steps = (fusionConvolutions.size() - 1) / CONVOLUTIONS_A_STEP;
        int step = steps - 1 - index / CONVOLUTIONS_A_STEP;
        return step < 0 ? "output_conv." : "convs." + step + "." + index % CONVOLUTIONS_A_STEP + ".0.";
    }

    private static int number(Matcher fusion) {
        return fusion.group(1) == null ? 0 : Integer.parseInt(fusion.group(1));
    }

    private static String part(String name) {
        return name.equals("kernel") ? "weight" : "bias";
    }
}
