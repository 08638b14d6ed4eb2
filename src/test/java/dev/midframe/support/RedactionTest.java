package dev.midframe.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    Invalid URI "rtsp://admin:hunter2@cam:554/one"  | Invalid URI "rtsp://***@cam:554/***"
                    Invalid URI "rtsp://admin:hunt er2@cam"         | Invalid URI "rtsp://***@cam"
                    Invalid URI "rtsp://admin:hun@ter2@cam/one"     | Invalid URI "rtsp://***@cam/***"
                    Invalid URI "rtsp://admin:hun"ter2@cam"         | Invalid URI "rtsp://***@cam"
                    Invalid URI "rtsp:/admin:hunter2@cam/hunter2"   | Invalid URI "rtsp:/***@cam/***"
                    Invalid URI "rtsp//admin:hunter2@cam"           | Invalid URI "***@cam"
                    Invalid URI "//admin:hunter2@cam/hunter2"       | Invalid URI "***@cam/***"
                    Invalid URI "admin:hunt er2@cam"                | Invalid URI "***@cam"
                    12:30:59.1 WARN cam: cannot call admin:hunter2@cam | 12:30:59.1 WARN cam: cannot call ***@cam
                    12:30:59.1 WARN cam: cannot call a://b:hunter2@cam | 12:30:59.1 WARN cam: cannot call a://***@cam
                    Invalid URI "admin:hunter2@cam"                 | Invalid URI "***@cam"
                    no element for URI "rtmp://live.tv/app/hunter2" | no element for URI "rtmp://live.tv/***"
                    no element for URI "rtmp://live.tv/app/a hunter2" | no element for URI "rtmp://live.tv/***"
                    Not found, URL: https://a.tv/x.m3u8?t=hunter2   | Not found, URL: https://a.tv/***
                    srt://:7001?mode=listener&passphrase=hunter2    | srt://:7001/***
                    srt failed: passphrase=hunter2 is too short     | srt failed: passphrase=*** is too short
                    rejected: stream-key: "hunter 2"                | rejected: stream-key: ***
                    Authorization: Bearer hunter2                   | Authorization: ***
                    could not set property "bitrate" in element "x264enc" to "hunter2" | could not set property "bitrate" in element "x264enc" to ***
                    """)
    void secretsAreTakenOut(String message, String redacted) {
        assertThat(Redaction.withoutSecrets(message)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    Could not open file "/home/anna m/x.mp4" for writing. | Could not open file "x.mp4" for writing.
                    Cannot identify device '/home/anna/video0'.           | Cannot identify device 'video0'.
                    /home/anna/door.gst has no appsink name=websocket     | door.gst has no appsink name=websocket
                    cannot write the output /home/anna/: choose           | cannot write the output anna: choose
                    file:///home/anna/x.mp4 is missing                    | x.mp4 is missing
                    """)
    void foldersAreTakenOutForOthers(String message, String redacted) {
        assertThat(Redaction.withoutSecretsAndPaths(message)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no element \"nosuch\"; check its name, or install the GStreamer plugin that has it",
                "rtspsrc: Could not open resource for reading and writing.; Failed to connect. (Generic error)",
                "could not link x264enc0 to mux, x264enc0 can't handle caps video/x-raw, framerate=30/1",
                "Connection refused: Could not connect to 127.0.0.1: Connection refused",
                "the monkey=1 of key-int-max=60 and and/or 24/7"
            })
    void whatIsNoSecretStays(String message) {
        assertThat(Redaction.withoutSecretsAndPaths(message)).isEqualTo(message);
    }
}
