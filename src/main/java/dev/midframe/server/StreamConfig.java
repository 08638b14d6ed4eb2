package dev.midframe.server;

import java.nio.file.Path;
import java.util.Map;

/**
 * One stream that may be started.
 *
 * @param name in addresses: {@code /ws/NAME}
 * @param title for people
 * @param pipeline the pipeline file; it has to hold {@code appsink name=websocket}
 * @param variables what its {@code ${...}} stand for
 * @param autostart started with the server
 * @param viewers WebSocket clients at most
 * @param restart what happens when it ends
 */
record StreamConfig(
        String name,
        String title,
        Path pipeline,
        Map<String, String> variables,
        boolean autostart,
        int viewers,
        RestartPolicy restart) {}
