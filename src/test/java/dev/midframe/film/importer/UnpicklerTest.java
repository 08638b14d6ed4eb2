package dev.midframe.film.importer;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpicklerTest {

    @Test
    void plainValuesAreRead() {
        byte[] pickle = PickleWriter.protocol2()
                .instructions("(NK")
                .raw(200)
                .instructions("M")
                .raw(0x34, 0x12)
                .whole(-5)
                .raw(0x8a, 2, 0, 0xff)
                .raw(0x8a, 0)
                .text("ä")
                .raw(0x88, 0x89)
                .instructions("G")
                .raw(0x3f, 0xf8, 0, 0, 0, 0, 0, 0)
                .instructions("t")
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
                .instructions("]r")
                .integer(300)
                .instructions("j")
                .integer(300)
                .text("first")
                .instructions("a(")
                .text("second")
                .instructions("e")
                .raw(0x86)
                .stop();

        Sequence filled = new Sequence(List.of(new Text("first"), new Text("second")));
        assertThat(read(pickle)).isEqualTo(new Sequence(List.of(filled, filled)));
    }

    @Test
    void aModulesStateIsItsAttributes() {
        byte[] pickle = PickleWriter.protocol2()
                .global("__torch__.film.___torch_mangle_3", "Film")
                .instructions(")")
                .raw(0x81)
                .instructions("}")
                .text("pyramid_levels")
                .whole(7)
                .instructions("sb")
                .stop();

        assertThat(((Dictionary) read(pickle)).entries()).isEqualTo(Map.of("pyramid_levels", new Whole(7)));
    }

    @ParameterizedTest
    @CsvSource({"posix,system", "os,system", "builtins,eval", "__builtin__,exec", "torch.hub,load", "__torch_,A"})
    void anyOtherFunctionIsRefusedByNameWithoutBeingCalled(String module, String function) {
        byte[] pickle = PickleWriter.protocol2()
                .global(module, function)
                .text("touch /tmp/pwned")
                .raw(0x85)
                .instructions("R")
                .stop();

        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(ModelException.class)
                .hasMessage("its pickle names " + module + "." + function
                        + ", which weights in float32 or float16 do not need; nothing of it was run");
    }

    @ParameterizedTest
    @CsvSource({
        "105, INST", "111, OBJ", "147, STACK_GLOBAL", "80, PERSID", "130, EXT1", "146, NEWOBJ_EX", "73, INT",
        "83, STRING", "48, POP", "50, DUP", "149, FRAME", "148, MEMOIZE", "140, SHORT_BINUNICODE", "67, SHORT_BINBYTES"
    })
    void anyOtherInstructionIsRefusedByName(int code, String name) {
        byte[] pickle = PickleWriter.protocol2().raw(code).instructions("1\n.").unfinished();

        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(ModelException.class)
                .hasMessage("its pickle uses the instruction " + name
                        + ", which weights do not need; nothing of it was run");
    }

    @Test
    void aByteThatIsNoInstructionIsRefused() {
        assertThatThrownBy(() -> read(PickleWriter.protocol2().raw(0xff).stop()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("0xff where an instruction belongs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "t.",
                "(t",
                "(t.N",
                "R.",
                "a.",
                "]a.",
                "}s.",
                "}(X",
                "b.",
                "}b.",
                "Q.",
                "N\u0085Q.",
                "NN.",
                "(.",
                "h\u0001.",
                "q\u0000.",
                "N(q\u0000.",
                "X\u0004\u0000\u0000\u0000abc",
                "X\u00ff\u00ff\u00ff\u00ffabc",
                "c",
                "cos",
                "c\n\n.",
                "}(Nu.",
                "}(NNu.",
                "}(X\u0001\u0000\u0000\u0000aNX\u0001\u0000\u0000\u0000aNu.",
                "\u008a\u0009",
                "e.",
                "u.",
                "X\u0001\u0000\u0000\u0000\u00ff.",
                "ccollections\nOrderedDict\n(NtR."
            })
    void aBrokenPickleIsRefused(String instructions) {
        byte[] pickle = PickleWriter.protocol2().instructions(instructions).unfinished();

        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("its pickle ");
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
