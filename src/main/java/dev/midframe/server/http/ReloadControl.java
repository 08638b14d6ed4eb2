package dev.midframe.server.http;

/** Reads the configuration again when it is asked to. Any thread may call any method. */
public interface ReloadControl {

    /** Begins, and returns at once. */
    void begin();

    /** How the last one went. */
    Json.Reload last();
}
