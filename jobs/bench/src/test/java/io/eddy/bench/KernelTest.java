package io.eddy.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTest {
    @Test
    void allLibrariesMakeTheSameStep() throws Exception {
        List<Kernel> kernels = KernelBench.kernels(32);
        KernelBench.checkEqual(kernels);
        assertThat(kernels.get(0).hidden(3))
                .as("a series of its own")
                .isNotEqualTo(kernels.get(0).hidden(4));

        kernels.get(2).step(0);
        assertThatThrownBy(() -> KernelBench.checkEqual(kernels))
                .hasMessageStartingWith("dl4j: expected Eddy's hidden state ");
        for (Kernel kernel : kernels) {
            kernel.close();
        }
    }

    @Test
    void gatesChangePlaces() {
        float[][] rows = {{1, 2, 3, 4, 5, 6, 7, 8}};
        assertThat(Kernel.reorder(rows, 2, 1, 3, 0)[0]).containsExactly(5, 6, 3, 4, 7, 8, 1, 2);
    }
}
