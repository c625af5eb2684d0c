package dev.millrace.operators.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopItemsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 99, 100, 1_000})
    void areThoseOfAFullSort(int most) {
        Random random = new Random(most);
        List<TopItems.Ranked> all = new ArrayList<>();
        TopItems top = new TopItems(most);
        for (int i = 0; i < 100; i++) {
            Item item = new Item(i, "i" + i, 0);
            item.taken = random.nextInt(3);
            float score = random.nextInt(20);
            all.add(new TopItems.Ranked(item, score));
            top.offer(item, score);
        }
        all.sort(Comparator.<TopItems.Ranked>comparingDouble(ranked -> -ranked.score())
                .thenComparing(ranked -> -ranked.item().taken)
                .thenComparing(ranked -> ranked.item().number));
        assertThat(top.take()).containsExactlyElementsOf(all.subList(0, Math.min(most, 100)));
    }
}
