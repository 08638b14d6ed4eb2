package dev.midframe.quality.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RegionTest {

    @Test
    void thePlaceThatChangesMostIsTaken() {
        Channels before = new Channels(1000, 600);
        Channels after = new Channels(1000, 600);
        paint(after, new Region(40, 40, 30, 30), 200);
        paint(after, new Region(520, 320, 320, 180), 20);

        assertThat(Region.ofMostChange(before, after, 320, 180)).isEqualTo(new Region(520, 320, 320, 180));
    }

    @Test
    void aSmallPictureIsTakenWhole() {
        Channels picture = new Channels(131, 97);

        assertThat(Region.ofMostChange(picture, picture, 320, 180)).isEqualTo(new Region(0, 0, 131, 97));
    }

    @Test
    void picturesThatAreEqualAreShownFromTheUpperLeft() {
        Channels picture = new Channels(642, 363);

        assertThat(Region.ofMostChange(picture, picture, 320, 180)).isEqualTo(new Region(0, 0, 320, 180));
    }

    @Test
    void aPartHoldsWhatLiesInTheRegion() {
        Channels picture = new Channels(40, 30);
        paint(picture, new Region(12, 9, 5, 4), 77);

        Channels part = picture.part(new Region(11, 9, 6, 4));

        assertThat(part.width()).isEqualTo(6);
        assertThat(part.height()).isEqualTo(4);
        assertThat(part.luma()).startsWith(0, 77, 77, 77, 77, 77, 0, 77).hasSize(24);
    }

    private static void paint(Channels picture, Region region, int value) {
        for (int y = region.y(); y < region.y() + region.height(); y++) {
            for (int x = region.x(); x < region.x() + region.width(); x++) {
                picture.luma()[y * picture.width() + x] = (byte) value;
            }
        }
    }
}
