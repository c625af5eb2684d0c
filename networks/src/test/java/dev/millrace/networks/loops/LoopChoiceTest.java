package dev.millrace.networks.loops;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoopChoiceTest {

    @Test
    void aWidthThatNoVectorHasIsRefused() {
        assertThatThrownBy(() -> LoopChoice.vectorBits("64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(LoopChoice.VECTOR_BITS)
                .hasMessageContaining("64");
    }
}
