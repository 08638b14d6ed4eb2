package dev.midframe.cli.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TerminalKeysTest {

    @Test
    void whatATerminalSendsBecomesXsNamesOfKeys() {
        assertThat(TerminalKeys.decode("q .\033[A\033[B\033[C\033[D"))
                .containsExactly("q", "space", "period", "Up", "Down", "Right", "Left");
        assertThat(TerminalKeys.decode("[]\177\b\n#?"))
                .containsExactly(
                        "bracketleft", "bracketright", "BackSpace", "BackSpace", "Return", "numbersign", "question");
        assertThat(TerminalKeys.decode("\033")).containsExactly("Escape");
        assertThat(TerminalKeys.decode("")).isEmpty();
    }

    @Test
    void everyActionIsFoundByItsKeysAndNoKeyMeansTwo() {
        Set<Action> found = new HashSet<>();
        for (String key : "space p Left Right Up Down period , g i [ ] \177 9 0 / * m a # s j f n > \n b < h ? q \033"
                .split(" ")) {
            String name = key.length() == 1 ? TerminalKeys.decode(key).getFirst() : key;
            found.add(Action.of(name).orElseThrow());
        }
        assertThat(found).containsExactlyInAnyOrder(Action.values());
        assertThat(Action.of("F12")).isEmpty();
        assertThat(Action.help().lines()).hasSameSizeAs(Arrays.asList(Action.values()));
    }
}
