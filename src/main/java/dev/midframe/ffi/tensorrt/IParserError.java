package dev.midframe.ffi.tensorrt;

import org.jspecify.annotations.Nullable;

/** Why a model could not be read; owned by the parser. */
public interface IParserError {

    @Nullable String desc();

    int node();

    @Nullable String nodeName();

    @Nullable String nodeOperator();
}
