package dev.midframe.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A headless Chromium with one page, spoken to over the DevTools protocol. */
public final class Browser implements AutoCloseable, WebSocket.Listener {
    /** Two numbers: of changes after which, and of milliseconds after which the looking ends. */
    private static final String DISTINCT_PICTURES = """
            new Promise((done) => {
              const canvas = document.getElementById('picture');
              const small = new OffscreenCanvas(32, 18).getContext('2d', { willReadFrequently: true });
              const begin = performance.now();
              let last = '', changes = 0;
              const look = () => {
                small.drawImage(canvas, 0, 0, 32, 18);
                const now = small.getImageData(0, 0, 32, 18).data.join();
                if (now !== last) changes++;
                last = now;
                if (changes < %d && performance.now() - begin < %d) requestAnimationFrame(look); else done(changes);
              };
              look();
            })
            """;

    private final ObjectMapper json = new ObjectMapper();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final String session;

    /** The installed Chromium, if there is one. */
    public static Optional<Path> installed() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Browser(Path chromium, Path profile) throws IOException {
        this.profile = profile;
        var builder = new ProcessBuilder(
                        chromium.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--window-size=1280,1200",
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TMPDIR", profile.toString());
        process = builder.start();
        socket = http.newWebSocketBuilder().buildAsync(address(process), this).join();
        String target = call("", "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        session = call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        send("Page.enable", Map.of());
    }

    /** Runs a script before those of every page opened from now on. */
    public void beforeEveryPage(String script) {
        send("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Returns when the whole page is read. */
    public void open(URI uri) throws InterruptedException {
        send("Page.navigate", Map.of("url", uri.toString()));
        await("location.href !== 'about:blank' && document.readyState !== 'loading'");
    }

    /** Sets the size of the page and whether it is dark. */
    public void look(int width, int height, boolean dark) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** The value of an expression, promises awaited. */
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /** How many different pictures the canvas shows in three seconds: a few of its pixels are looked at every frame. */
    public int distinctPictures() {
        return evaluate(DISTINCT_PICTURES.formatted(Integer.MAX_VALUE, 3000)).asInt();
    }

    /** Waits until the canvas has shown so many different pictures. */
    public void awaitDistinctPictures(int count) {
        int shown = evaluate(DISTINCT_PICTURES.formatted(count, 50_000)).asInt();
        if (shown < count) {
            throw new AssertionError("only " + shown + " different pictures were shown");
        }
    }

    /** Waits until an expression is true. */
    public void await(String expression) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!evaluate("!!(" + expression + ")").asBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never true: " + expression + "; the page says "
                        + evaluate("document.body.innerText").asText());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Clicks into the middle of the element of this id, as somebody with a mouse does. */
    public void click(String id) {
        JsonNode middle = evaluate("""
                (() => {
                  const element = document.getElementById('%s');
                  element.scrollIntoView({ block: 'center' });
                  const { x, y, width, height } = element.getBoundingClientRect();
                  return { x: x + width / 2, y: y + height / 2 };
                })()
                """.formatted(id));
        for (String type : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            middle.path("x").asDouble(),
                            "y",
                            middle.path("y").asDouble(),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    public void press(String key) {
        send("Input.dispatchKeyEvent", Map.of("type", "keyDown", "key", key, "text", key.length() == 1 ? key : ""));
        send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
    }

    public void pressArrowRight() {
        Map<String, Object> key = Map.of("key", "ArrowRight", "code", "ArrowRight", "windowsVirtualKeyCode", 39);
        Map<String, Object> down = new java.util.HashMap<>(key);
        down.put("type", "rawKeyDown");
        send("Input.dispatchKeyEvent", down);
        Map<String, Object> up = new java.util.HashMap<>(key);
        up.put("type", "keyUp");
        send("Input.dispatchKeyEvent", up);
    }

    public void screenshot(Path file) throws IOException {
        String picture = send("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .path("data")
                .asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(picture));
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            try {
                JsonNode message = json.readTree(text.toString());
                CompletableFuture<JsonNode> answer =
                        answers.remove(message.path("id").asInt(-1));
                if (answer != null) {
                    answer.complete(message);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        // Those that outlive their parent still write into the profile, which the test deletes.
        List<ProcessHandle> all = Stream.of(
                        Stream.of(process.toHandle()),
                        process.descendants(),
                        ProcessHandle.allProcesses().filter(this::knowsProfile))
                .flatMap(handles -> handles)
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().orTimeout(60, TimeUnit.SECONDS).join());
    }

    private boolean knowsProfile(ProcessHandle handle) {
        return handle.info().commandLine().orElse("").contains(profile.toString());
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        return call(session, method, parameters);
    }

    private JsonNode call(String toSession, String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (!toSession.isEmpty()) {
            message.put("sessionId", toSession);
        }
        socket.sendText(message.toString(), true).join();
        JsonNode came = answer.orTimeout(60, TimeUnit.SECONDS).join();
        if (came.has("error")) {
            throw new AssertionError(method + ": " + came.path("error"));
        }
        return came.path("result");
    }

    private static URI address(Process process) throws IOException {
        BufferedReader said = process.errorReader();
        String mark = "DevTools listening on ";
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(mark)) {
                Thread.ofVirtual().start(() -> said.lines().forEach(ignored -> {}));
                return URI.create(line.substring(mark.length()));
            }
        }
        throw new IOException("Chromium ended before it listened");
    }
}
