package dev.midframe.film.importer;

import static dev.midframe.film.importer.PickleOpcode.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.midframe.film.ModelException;
import dev.midframe.film.importer.PickleValue.Constant;
import dev.midframe.film.importer.PickleValue.Dictionary;
import dev.midframe.film.importer.PickleValue.Sequence;
import dev.midframe.film.importer.PickleValue.Text;
import dev.midframe.film.importer.PickleValue.Whole;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class UnpicklerTest {

    @Test
    void plainValuesAreRead() {
        byte[] pickle = PickleWriter.protocol2()
                .op(MARK, NONE)
                .op(BININT1)
                .raw(200)
                .op(BININT2)
                .raw(0x34, 0x12)
                .whole(-5)
                .op(LONG1)
                .raw(/* bytes= */ 2, 0, 0xff)
                .op(LONG1)
                .raw(/* bytes= */ 0)
                .text("ä")
                .op(NEWTRUE, NEWFALSE)
                .real(1.5)
                .op(TUPLE)
                .stop();

        assertThat(read(pickle))
                .isEqualTo(new Sequence(List.of(
                        Constant.NONE,
                        new Whole(200),
                        new Whole(0x1234),
                        new Whole(-5),
                        new Whole(-256),
                        new Whole(0),
                        new Text("ä"),
                        Constant.TRUE,
                        Constant.FALSE,
                        new PickleValue.Real(1.5))));
    }

    @Test
    void rememberedContainersAreTheSameOnesAndMayBeFilledLater() {
        byte[] pickle = PickleWriter.protocol2()
                .op(EMPTY_LIST)
                .op(LONG_BINPUT)
                .int32(300)
                .op(LONG_BINGET)
                .int32(300)
                .text("first")
                .op(APPEND)
                .op(MARK)
                .text("second")
                .op(APPENDS)
                .op(TUPLE2)
                .stop();

        Sequence filled = new Sequence(List.of(new Text("first"), new Text("second")));
        assertThat(read(pickle)).isEqualTo(new Sequence(List.of(filled, filled)));
    }

    @Test
    void aModulesStateIsItsAttributes() {
        byte[] pickle = PickleWriter.protocol2()
                .global("__torch__.film.___torch_mangle_3", "Film")
                .op(EMPTY_TUPLE, NEWOBJ)
                .op(EMPTY_DICT)
                .text("pyramid_levels")
                .whole(7)
                .op(SETITEM)
                .op(BUILD)
                .stop();

        assertThat(((Dictionary) read(pickle)).entries()).isEqualTo(Map.of("pyramid_levels", new Whole(7)));
    }

    @ParameterizedTest
    @CsvSource({"posix,system", "os,system", "builtins,eval", "__builtin__,exec", "torch.hub,load", "__torch_,A"})
    void anyOtherFunctionIsRefusedByNameWithoutBeingCalled(String module, String function) {
        byte[] pickle = PickleWriter.protocol2()
                .global(module, function)
                .text("touch /tmp/pwned")
                .op(TUPLE1, REDUCE)
                .stop();

        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(ModelException.class)
                .hasMessage("its pickle names " + module + "." + function
                        + ", which weights in float32 or float16 do not need; nothing of it was run");
    }

    @ParameterizedTest
    @EnumSource(
            value = PickleOpcode.class,
            names = {
                "INST",
                "OBJ",
                "STACK_GLOBAL",
                "PERSID",
                "EXT1",
                "NEWOBJ_EX",
                "INT",
                "STRING",
                "POP",
                "DUP",
                "FRAME",
                "MEMOIZE",
                "SHORT_BINUNICODE",
                "SHORT_BINBYTES"
            })
    void anyOtherInstructionIsRefusedByName(PickleOpcode instruction) {
        byte[] pickle = PickleWriter.protocol2().op(instruction).raw("1\n").stop();

        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(ModelException.class)
                .hasMessage("its pickle uses the instruction " + instruction
                        + ", which weights do not need; nothing of it was run");
    }

    @Test
    void aByteThatIsNoInstructionIsRefused() {
        assertThatThrownBy(() -> read(PickleWriter.protocol2().raw(0xff).stop()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("0xff where an instruction belongs");
    }

    @ParameterizedTest
    @MethodSource
    void aBrokenPickleIsRefused(byte[] pickle) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("its pickle ");
    }

    static Stream<Named<byte[]>> aBrokenPickleIsRefused() {
        return Stream.of(
                named("an end without a value", pickle().op(STOP)),
                named("an end with two values", pickle().op(NONE, NONE, STOP)),
                named("an end with a mark", pickle().op(MARK, STOP)),
                named("no end", pickle().op(MARK, TUPLE)),
                named("bytes behind the end", pickle().op(MARK, TUPLE, STOP, NONE)),
                named("a tuple without a mark", pickle().op(TUPLE, STOP)),
                named("a call without a function", pickle().op(REDUCE, STOP)),
                named("an append without a list", pickle().op(APPEND, STOP)),
                named("an append without a value", pickle().op(EMPTY_LIST, APPEND, STOP)),
                named("appends without a mark", pickle().op(APPENDS, STOP)),
                named("an item without key and value", pickle().op(EMPTY_DICT, SETITEM, STOP)),
                named("items without a mark", pickle().op(SETITEMS, STOP)),
                named("items with a key alone", pickle().op(EMPTY_DICT, MARK, NONE, SETITEMS, STOP)),
                named("items with a key that is no text", pickle().op(EMPTY_DICT, MARK, NONE, NONE, SETITEMS, STOP)),
                named("items with a key twice", keyTwice()),
                named("a state without an object", pickle().op(BUILD, STOP)),
                named("an object without a state", pickle().op(EMPTY_DICT, BUILD, STOP)),
                named("a reference to nothing", pickle().op(BINPERSID, STOP)),
                named("a reference to no storage", pickle().op(NONE, TUPLE1, BINPERSID, STOP)),
                named("getting what was never put", pickle().get(1).op(STOP)),
                named("putting nothing", pickle().put(0).op(STOP)),
                named("putting a mark", pickle().op(NONE, MARK).put(0).op(STOP)),
                named("a text's length cut off", pickle().op(EMPTY_DICT, MARK, BINUNICODE)),
                named("a text cut off", pickle().op(BINUNICODE).int32(4).raw("abc")),
                named(
                        "a text of negative length",
                        pickle().op(BINUNICODE).int32(-1).raw("abc")),
                named(
                        "a text that is no UTF-8",
                        pickle().op(BINUNICODE).int32(1).raw(0xff).op(STOP)),
                named("an integer cut off", pickle().op(LONG1).raw(/* bytes= */ 9)),
                named("a function without a name", pickle().op(GLOBAL)),
                named("a function's name cut off", pickle().op(GLOBAL).raw("os")),
                named("a function of an empty name", pickle().global("", "").op(STOP)),
                named("a dictionary made of something", dictionaryOfNone()));
    }

    private static PickleWriter pickle() {
        return PickleWriter.protocol2();
    }

    private static Named<byte[]> named(String name, PickleWriter pickle) {
        return Named.of(name, pickle.unfinished());
    }

    private static PickleWriter keyTwice() {
        return pickle().op(EMPTY_DICT, MARK)
                .text("a")
                .op(NONE)
                .text("a")
                .op(NONE)
                .op(SETITEMS, STOP);
    }

    private static PickleWriter dictionaryOfNone() {
        return pickle().global("collections", "OrderedDict").op(MARK, NONE, TUPLE, REDUCE, STOP);
    }

    @Test
    void otherProtocolsAreRefused() {
        assertThatThrownBy(() -> read(new byte[] {(byte) 0x80, 4, 'N', '.'})).hasMessageContaining("not of protocol 2");
        assertThatThrownBy(() -> read("(dp0\n.".getBytes())).hasMessageContaining("not of protocol 2");
        assertThatThrownBy(() -> read(new byte[0])).hasMessageContaining("ends in the middle");
    }

    private static PickleValue read(byte[] pickle) {
        return Unpickler.read(ByteBuffer.wrap(pickle));
    }
}
