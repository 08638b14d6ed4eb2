package dev.midframe.film.network;

import dev.midframe.film.graph.OnnxGraph;
import dev.midframe.film.model.FilmConfig;

/**
 * The parts FILM is cut into, each an {@link OnnxGraph}, so that what frames and pairs share is computed once.
 *
 * <p>{@code X} stands for every output of {@link #FEATURES}; an input {@code first.X} takes the one of the earlier frame,
 * {@code second.X} of the later. Parts take only those they need.
 */
public enum FilmPart {
    /**
     * Of one frame: {@code frame}, its packed bytes, to its padded planes {@code y} [1,1,H,W] and {@code c} [1,2,h,w]
     * and {@code features.L} of every level; for {@link FilmConfig.Output#RGB} also {@code image.L} of the fused levels.
     */
    FEATURES,
    /** Of a pair: {@code first.X}, {@code second.X} to {@code forward.L}, {@code backward.L} [1,2,h,w] of the fused levels. */
    FLOW,
    /**
     * Of a time: {@code first.X}, {@code second.X}, {@code forward.L}, {@code backward.L} and {@code time} [1] strictly
     * between 0 and 1 to {@code frame}, the packed bytes of the frame at that time.
     */
    FUSION,
    /** FLOW and FUSION in one: {@code first.X}, {@code second.X} and {@code time} to {@code frame}. */
    PAIR,
    /**
     * The network alone, for comparison with the training code: float pictures of padded size, {@code first.image} and
     * {@code second.image} [1,3,H,W] R'G'B' to {@code image} (no stillness), or {@code first.y}, {@code first.c},
     * {@code second.y}, {@code second.c} to {@code y} and {@code c}; with {@code time}; and {@code forward.L},
     * {@code backward.L}.
     */
    CORE
}
