package dev.midframe.pipeline.play;

import dev.midframe.ffi.Memory;
import dev.midframe.ffi.gst.GStreamer;
import dev.midframe.ffi.gst.Gst;
import dev.midframe.ffi.gst.GstElements;
import dev.midframe.ffi.gst.Message;
import dev.midframe.ffi.gst.ObjectProperties;
import dev.midframe.ffi.gst.ObjectReference;
import dev.midframe.ffi.gst.States;
import dev.midframe.pipeline.OneLine;
import dev.midframe.pipeline.Progress;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Optional;

/**
 * Plays one film after the other in a window, with the element in the way of the pictures. Used by one thread; only
 * {@link #close} may be called by another.
 */
public final class Player implements AutoCloseable {

    /**
     * Pictures are turned upright before the element, since turning generated ones too would cost twice. The queue holds what
     * was made while one pair takes longer.
     */
    private static final String FILTER =
            "videoconvert name=first ! videoflip name=upright ! midframe name=midframe on-overload=skip"
                    + " ! queue max-size-buffers=8 max-size-bytes=0 max-size-time=0"
                    + " ! textoverlay name=overlay silent=true font-desc=\"Monospace 12\" halignment=left line-alignment=left valignment=top"
                    + " shaded-background=true"
                    + " ! taginject name=last";

    /** An engine that takes longer is not waited for. */
    private static final Duration LONGEST_START = Duration.ofSeconds(8);

    private static final int FORMAT_BUFFERS = 4;
    private static final int READ = Message.EOS
            | Message.ERROR
            | Message.TAG
            | Message.BUFFERING
            | Message.ELEMENT
            | Message.ASYNC_DONE
            | Message.EXTENDED;

    private final GStreamer gstreamer;
    private final ObjectReference playbin;
    private final ObjectReference bus;
    private final ObjectReference filter;
    private final ObjectReference midframe;
    private final ObjectReference overlay;
    private final ObjectReference title;
    private final ObjectReference upright;
    private final WindowInput input;
    private final FullScreen screen;
    private final Seeking seeking;

    private Tracks tracks = new Tracks();
    private double rate = 1;
    private boolean paused;
    private String direction = Orientation.UPRIGHT;
    private boolean fullScreen;
    /** The first frame is shown, or about to be, and the film does not play yet. */
    private boolean starting;

    /** Other streams are chosen than those that are played. */
    private boolean selects;

    private boolean prerolled;
    private long playsBy;

    /**
     * Makes a player; {@code midframe} is registered before.
     *
     * @param videoSink what a pipeline description would say; autovideosink suits a desktop
     * @throws dev.midframe.pipeline.PipelineException when an element is missing, with what to install
     */
    public Player(String videoSink) {
        gstreamer = GStreamer.get();
        ElementMaker maker = new ElementMaker(gstreamer);
        playbin = maker.element("playbin3");
        filter = maker.bin(FILTER, false);
        // By hand, since the overlay has a pad for text that is left unlinked.
        maker.ghost(filter, "first", "sink");
        maker.ghost(filter, "last", "src");
        ObjectReference sink = maker.bin(videoSink, true);
        playbin.use(element -> {
            filter.use(made -> ObjectProperties.setObject(gstreamer, element, "video-filter", made));
            sink.use(made -> ObjectProperties.setObject(gstreamer, element, "video-sink", made));
        });
        sink.close();
        bus = playbin.get(element -> ObjectReference.owning(gstreamer, gst().gst_element_get_bus(element)));
        midframe = maker.named(filter, "midframe");
        overlay = maker.named(filter, "overlay");
        title = maker.named(filter, "last");
        upright = maker.named(filter, "upright");
        input = new WindowInput(gstreamer, overlay);
        screen = new FullScreen(gstreamer, playbin);
        seeking = new Seeking(gstreamer, playbin);
    }

    /**
     * Opens a film in place of the one before, and plays it. Whether it can be played is reported later.
     *
     * @param uri as {@code file:///home/me/film.mp4}
     * @param name what the window is called
     */
    public void open(String uri, String name) {
        state(States.READY);
        forgetMessages();
        prerolled = false;
        seeking.reset();
        playsBy = System.nanoTime() + LONGEST_START.toNanos();
        tracks = new Tracks();
        selects = false;
        rate = 1;
        paused = false;
        set(title, "tags", "title=\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        set(playbin, "uri", uri);
        direction = Orientation.UPRIGHT;
        set(upright, "video-direction", direction);
        begin();
    }

    /** What the film before said at last is not this one's. */
    private void forgetMessages() {
        bus.use(open -> {
            gst().gst_bus_set_flushing(open, 1);
            gst().gst_bus_set_flushing(open, 0);
        });
    }

    private void begin() {
        // A live source has no first frame before it plays.
        starting = state(States.PAUSED) != States.NO_PREROLL;
        if (!starting) {
            state(States.PLAYING);
        }
    }

    /** Plays once the engine is open, so that the film does not stop for it after its first frame. */
    private void startWhenPrepared() {
        boolean waits = !prerolled || generates() && get("engine").equals("none");
        if (starting && (!waits || System.nanoTime() - playsBy >= 0)) {
            starting = false;
            pause(paused);
        }
    }

    private boolean generates() {
        return !get("frames-in").equals("0")
                && !(get("factor").equals("1/1") && get("fps").equals("0/1"));
    }

    /** The next thing that happened, waited for no longer than this. */
    public Optional<PlayerEvent> next(Duration wait) {
        startWhenPrepared();
        selectWhenPlaying();
        return bus.get(open -> Message.pop(gstreamer, open, wait.toNanos(), READ))
                .flatMap(this::event);
    }

    private Optional<PlayerEvent> event(Message message) {
        try (message) {
            return switch (message.type()) {
                case Message.EOS -> Optional.of(new PlayerEvent.Ended());
                case Message.ASYNC_DONE -> {
                    prerolled = true;
                    seeking.arrived(rate);
                    yield Optional.of(new PlayerEvent.Ready());
                }
                case Message.ERROR -> Optional.of(failed(message));
                case Message.ELEMENT -> input.event(message);
                case Message.BUFFERING -> buffering(message);
                case Message.TAG -> turn(message);
                case Message.STREAM_COLLECTION -> {
                    tracks = Tracks.of(gstreamer, message);
                    yield Optional.empty();
                }
                default -> Optional.empty();
            };
        }
    }

    private static PlayerEvent failed(Message message) {
        String text = message.text();
        return text.contains("indow was closed")
                ? new PlayerEvent.WindowClosed()
                : new PlayerEvent.Failed(OneLine.of(text));
    }

    /** A film on its side begins once more: the window got its size from frames that were not turned yet. */
    private Optional<PlayerEvent> turn(Message message) {
        Optional<String> turned = Orientation.read(gstreamer, message).filter(other -> !other.equals(direction));
        turned.ifPresent(other -> {
            direction = other;
            state(States.NULL);
            set(upright, "video-direction", other);
            begin();
        });
        return Optional.empty();
    }

    private Optional<PlayerEvent> buffering(Message message) {
        try (Arena arena = Arena.ofConfined()) {
            long percent = arena.allocate(ValueLayout.JAVA_INT).address();
            gstreamer.gst().gst_message_parse_buffering(message.address(), percent);
            if (!paused && !starting) {
                state(Memory.getInt(percent, 0) < 100 ? States.PAUSED : States.PLAYING);
            }
        }
        return Optional.empty();
    }

    /** Whether it stands still. */
    public boolean isPaused() {
        return paused;
    }

    public void pause(boolean still) {
        paused = still;
        if (!starting) {
            state(still ? States.PAUSED : States.PLAYING);
        }
    }

    /** Shows the next frame, real or generated, and stands still. */
    public void step() {
        pause(true);
        playbin.use(element ->
                gst().gst_element_send_event(element, gstreamer.gst().gst_event_new_step(FORMAT_BUFFERS, 1, 1, 1, 0)));
    }

    /** Shows the film's frame before, and stands still. */
    public void stepBack() {
        pause(true);
        seek(FrameGrid.of(SourceCaps.of(gstreamer, upright)).before(progress().position()));
    }

    /** How far the film is; on the way to another position, that one. */
    public Progress progress() {
        return seeking.progress();
    }

    /**
     * Goes to a position; from before the beginning to the beginning, from behind the end to shortly before it. One that is
     * asked for on the way to another comes after that.
     */
    public void seek(Duration position) {
        seeking.to(position, rate);
    }

    /** How fast it plays: 1 as it was filmed. */
    public double rate() {
        return rate;
    }

    /** @param newRate above 0 */
    public void rate(double newRate) {
        rate = newRate;
        seek(progress().position());
    }

    /** 1 is the loudness of the film. */
    public double volume() {
        return Double.parseDouble(get(playbin, "volume"));
    }

    /** @param volume 0 to 10 */
    public void volume(double volume) {
        set(playbin, "volume", Double.toString(volume));
    }

    /** @return whether there is no sound now */
    public boolean toggleMute() {
        boolean mute = !get(playbin, "mute").equals("TRUE");
        set(playbin, "mute", Boolean.toString(mute));
        return mute;
    }

    /**
     * Goes on with the next stream of a kind; a film that stands still does once it plays.
     *
     * @return which one, for people; empty when there is no other
     */
    public Optional<String> nextTrack(StreamKind kind) {
        Optional<String> chosen = tracks.next(kind);
        selects |= chosen.isPresent();
        return chosen;
    }

    /**
     * playbin changes streams when each of them brings something. None does behind the full queues of a film that stands
     * still, nor once a short film is read to its end: it would stand still for ever, unless it is read again from here.
     */
    private void selectWhenPlaying() {
        if (selects && !paused && !starting && isSettled()) {
            selects = false;
            Duration position = progress().position();
            select();
            seek(position);
        }
    }

    private boolean isSettled() {
        return playbin.get(element -> gst().gst_element_get_state(element, 0, 0, 0)) != States.ASYNC;
    }

    private void select() {
        try (Arena arena = Arena.ofConfined()) {
            long list = 0;
            for (String identifier : tracks.identifiers()) {
                list = gstreamer
                        .glib()
                        .g_list_append(list, arena.allocateFrom(identifier).address());
            }
            Gst events = gstreamer.gst();
            long event = events.gst_event_new_select_streams(list);
            gstreamer.glib().g_list_free(list);
            playbin.use(element -> gst().gst_element_send_event(element, event));
        }
    }

    /** Sets a property of the element. */
    public void set(String property, String value) {
        set(midframe, property, value);
    }

    /** A property of the element. */
    public String get(String property) {
        return get(midframe, property);
    }

    /** Fills the screen, or goes back to a window. @return whether the sink can do that */
    public boolean toggleFullScreen() {
        fullScreen = !fullScreen;
        return screen.fill(fullScreen);
    }

    /** What is written over the picture; nothing where it is empty. */
    public void overlay(String text) {
        set(overlay, "silent", Boolean.toString(text.isEmpty()));
        set(overlay, "text", text);
    }

    /** Returns the GstStateChangeReturn. */
    private int state(int state) {
        return playbin.get(element -> gst().gst_element_set_state(element, state));
    }

    private void set(ObjectReference object, String property, String value) {
        object.use(element -> ObjectProperties.set(gstreamer, element, property, value));
    }

    private String get(ObjectReference object, String property) {
        return object.get(element -> ObjectProperties.get(gstreamer, element, property))
                .orElse("");
    }

    private GstElements gst() {
        return gstreamer.elements();
    }

    @Override
    public void close() {
        playbin.useIfOpen(element -> gst().gst_element_set_state(element, States.NULL));
        bus.close();
        title.close();
        overlay.close();
        upright.close();
        midframe.close();
        filter.close();
        playbin.close();
    }
}
