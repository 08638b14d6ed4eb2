package dev.midframe.quality.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.picture.PictureFile;
import dev.midframe.quality.EvaluationException;
import dev.midframe.testkit.Pictures;
import dev.midframe.video.VideoFrame;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TripletFolderTest {

    @TempDir
    Path folder;

    @Test
    void bothLayoutsAreFoundAndTheMiddleIsTheRealOne() throws IOException {
        picture("middlebury/input/Dog/frame10.png", 16, 10);
        picture("middlebury/gt/Dog/frame10i11.png", 16, 20);
        picture("middlebury/input/Dog/frame11.png", 16, 30);
        for (int number : new int[] {2, 10}) {
            picture("ucf101/" + number + "/frame0.png", 16, 10);
            picture("ucf101/" + number + "/frame1.png", 16, 20);
            picture("ucf101/" + number + "/frame2.png", 16, 30);
        }

        List<Sequence> sequences = new TripletFolder(folder).sequences();

        assertThat(sequences.stream().map(Sequence::name)).containsExactly("middlebury/Dog", "ucf101/2", "ucf101/10");
        for (Sequence sequence : sequences) {
            try (TripletReader triplets = sequence.open()) {
                Triplet triplet = triplets.next();
                assertThat(List.of(value(triplet.first()), value(triplet.real()), value(triplet.second())))
                        .containsExactly(10, 20, 30);
                assertThat(triplet.time()).isEqualTo(0.5);
                assertThat(triplets.next()).isNull();
            }
        }
    }

    @Test
    void incompleteTripletsAreNone() throws IOException {
        picture("input/Dog/frame10.png", 16, 10);
        picture("input/Dog/frame11.png", 16, 30);

        assertThatThrownBy(() -> new TripletFolder(folder).sequences())
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("no triplets in " + folder);
        assertThatThrownBy(() -> new TripletFolder(folder.resolve("missing")).sequences())
                .isInstanceOf(EvaluationException.class)
                .hasMessage("no folder " + folder.resolve("missing") + ": check the path");
    }

    @Test
    void picturesOfUnequalSizeAreTold() throws IOException {
        picture("1/frame0.png", 16, 10);
        picture("1/frame1.png", 16, 20);
        picture("1/frame2.png", 24, 30);
        Sequence sequence = new TripletFolder(folder).sequences().getFirst();

        try (TripletReader triplets = sequence.open()) {
            assertThatThrownBy(triplets::next)
                    .isInstanceOf(EvaluationException.class)
                    .hasMessageContaining("frame2.png has 24x16 pixels but ")
                    .hasMessageContaining("frame1.png has 16x16: a triplet needs one size");
        }
    }

    private void picture(String name, int width, int grey) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        byte[] bytes = new byte[3 * width * 16];
        Arrays.fill(bytes, (byte) grey);
        new PictureFile(path).write(Pictures.frame(Pictures.rgb(width, 16), bytes));
    }

    private static int value(VideoFrame frame) {
        return frame.planes().getFirst().data().get(ValueLayout.JAVA_BYTE, 0);
    }
}
