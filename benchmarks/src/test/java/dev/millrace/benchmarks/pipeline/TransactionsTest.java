package dev.millrace.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.benchmarks.pipeline.Contestant.Backend;
import dev.millrace.benchmarks.pipeline.Contestant.Features;
import dev.millrace.benchmarks.pipeline.Contestant.Kind;
import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.connectors.format.RecordOrigin;
import dev.millrace.connectors.format.RecordParser;
import dev.millrace.events.Event;
import dev.millrace.networks.EngineChoice;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.Pipeline;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private static final int ROWS = 1_000;

    private final Pipeline pipeline = pipeline(Contestant.pipeline(Order.ARRIVAL, EngineChoice.AUTO, 1));
    private final Pipeline fraud = pipeline(Contestant.ofAggregates(Kind.PIPELINE, Backend.HASHMAP));

    @Test
    void everyTransactionIsAnEventWithALabelAndAllInputs() throws Exception {
        requireInputs(pipeline, Features.NUMBERS);
        requireInputs(fraud, Features.AGGREGATES);
    }

    private static void requireInputs(Pipeline pipeline, Features features) throws Exception {
        RecordParser parser = RecordParser.of(pipeline.events().layout(), RecordLimits.DEFAULT);
        Transactions transactions = new Transactions(features);
        int frauds = 0;
        for (int row = 0; row < ROWS; row++) {
            Event event = parser.parseEvent(
                    transactions.next(), new RecordOrigin("transactions", 0, row, Transactions.timeOf(row), null));
            assertThat(event.time()).isEqualTo(Transactions.timeOf(row));
            frauds += (int) event.label();
            for (int input = 0; input < Transactions.INPUTS; input++) {
                assertThat(event.number(input)).isFinite();
            }
            for (String field : pipeline.entityFields()) {
                assertThat(event.text(pipeline.events().schema().slot(field))).isNotNull();
            }
        }
        assertThat(frauds).isBetween(10, 100);
    }

    @Test
    void transactionsHaveTheSizeThatFiguresName() {
        assertThat(meanBytes(Features.NUMBERS)).isBetween(270L, 290L);
        assertThat(meanBytes(Features.AGGREGATES)).isBetween(295L, 320L);
    }

    private static long meanBytes(Features features) {
        Transactions transactions = new Transactions(features);
        long bytes = 0;
        for (int row = 0; row < ROWS; row++) {
            bytes += transactions.next().length;
        }
        return bytes / ROWS;
    }

    private static Pipeline pipeline(Contestant contestant) {
        return Transactions.pipeline("run", "localhost:9092", "transactions", "predictions", contestant);
    }

    @Test
    void theNetworkIsTheOneThatFiguresName() {
        assertThat(pipeline.network().inputs()).isEqualTo(32);
        assertThat(pipeline.training().batchRows()).isEqualTo(256);
        assertThat(fraud.network().inputs()).isEqualTo(57);
    }
}
