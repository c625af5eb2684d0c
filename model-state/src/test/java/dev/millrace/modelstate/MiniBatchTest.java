package dev.millrace.modelstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MiniBatchTest {

    @Test
    void beginsEmptyWithoutArrays() {
        MiniBatch batch = new MiniBatch();
        assertThat(batch.rows()).isZero();
        assertThat(batch.newestLabelTime()).isEqualTo(Long.MIN_VALUE);
        assertThat(batch.labels()).isEmpty();
        assertThat(batch.weights()).isEmpty();
    }

    @Test
    void keepsRowsInTheOrderTheyCameBeyondItsFirstCapacity() {
        MiniBatch batch = filled(100);
        assertThat(batch.rows()).isEqualTo(100);
        for (int row = 0; row < 100; row++) {
            assertThat(batch.input(row)).containsExactly(row, -row);
            assertThat(batch.labels()[row]).isEqualTo(row % 2);
            assertThat(batch.weights()[row]).isEqualTo(row / 10f);
        }
    }

    @Test
    void opensWithItsFirstLabelAndKnowsItsNewest() {
        MiniBatch batch = new MiniBatch();
        batch.add(new float[] {1}, 1, 1, 50);
        batch.add(new float[] {2}, 1, 1, 70);
        batch.add(new float[] {3}, 1, 1, 60);
        assertThat(batch.openedAt()).isEqualTo(50);
        assertThat(batch.newestLabelTime()).isEqualTo(70);
    }

    @Test
    void isAsNewAfterItWasCleared() {
        MiniBatch batch = filled(20);
        batch.clear();
        assertThat(batch.rows()).isZero();
        assertThat(batch.newestLabelTime()).isEqualTo(Long.MIN_VALUE);
        batch.add(new float[] {1, 2}, 1, 1, 7);
        assertThat(batch.openedAt()).isEqualTo(7);
        assertThat(batch.newestLabelTime()).isEqualTo(7);
        assertThat(batch.input(0)).containsExactly(1, 2);
    }

    @Test
    void goesOnFromStateWhereItWas() {
        MiniBatch batch = filled(13);
        StoredBatch stored = batch.store(2);
        assertThat(stored.inputs()).hasSize(26);
        assertThat(stored.labels()).hasSize(13);

        MiniBatch restored = new MiniBatch(stored, 2);
        for (MiniBatch each : new MiniBatch[] {batch, restored}) {
            each.add(new float[] {-1, -2}, 1, 0.5f, 3);
        }
        assertThat(StoredBatch.CODEC.toBytes(restored.store(2))).isEqualTo(StoredBatch.CODEC.toBytes(batch.store(2)));
        assertThat(restored.openedAt()).isEqualTo(batch.openedAt());
    }

    /** State never holds a live array: the next row must not change what was stored. */
    @Test
    void whatIsStoredDoesNotChangeAnyMore() {
        MiniBatch batch = filled(3);
        StoredBatch stored = batch.store(2);
        byte[] before = StoredBatch.CODEC.toBytes(stored);
        MiniBatch restored = new MiniBatch(stored, 2);
        Arrays.fill(batch.labels(), 9);
        Arrays.fill(restored.labels(), 9);
        Arrays.fill(restored.input(0), 9);
        batch.clear();
        assertThat(StoredBatch.CODEC.toBytes(stored)).isEqualTo(before);
    }

    private static MiniBatch filled(int rows) {
        MiniBatch batch = new MiniBatch();
        for (int row = 0; row < rows; row++) {
            batch.add(new float[] {row, -row}, row % 2, row / 10f, 1_000 + row);
        }
        return batch;
    }
}
