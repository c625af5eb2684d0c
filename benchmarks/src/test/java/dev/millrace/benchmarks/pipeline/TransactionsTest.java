package dev.millrace.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connectors.format.RecordLimits;
import dev.millrace.connectors.format.RecordOrigin;
import dev.millrace.connectors.format.RecordParser;
import dev.millrace.events.Event;
import dev.millrace.networks.EngineChoice;
import dev.millrace.pipeline.Pipeline;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private static final int ROWS = 1_000;

    private final Pipeline pipeline =
            Transactions.pipeline("run", "localhost:9092", "transactions", "predictions", EngineChoice.AUTO, 1);

    @Test
    void everyTransactionIsAnEventWithALabelAndAllInputs() throws Exception {
        RecordParser parser = RecordParser.of(pipeline.events().layout(), RecordLimits.DEFAULT);
        Transactions transactions = new Transactions();
        int frauds = 0;
        for (int row = 0; row < ROWS; row++) {
            Event event = parser.parseEvent(
                    transactions.next(), new RecordOrigin("transactions", 0, row, Transactions.timeOf(row), null));
            assertThat(event.time()).isEqualTo(Transactions.timeOf(row));
            frauds += (int) event.label();
            for (int input = 0; input < Transactions.INPUTS; input++) {
                assertThat(event.number(input)).isFinite();
            }
        }
        assertThat(frauds).isBetween(10, 100);
    }

    @Test
    void transactionsHaveTheSizeThatFiguresName() {
        Transactions transactions = new Transactions();
        long bytes = 0;
        for (int row = 0; row < ROWS; row++) {
            bytes += transactions.next().length;
        }
        assertThat(bytes / ROWS).isBetween(270L, 290L);
    }

    @Test
    void theNetworkIsTheOneThatFiguresName() {
        assertThat(pipeline.network().inputs()).isEqualTo(32);
        assertThat(pipeline.training().batchRows()).isEqualTo(256);
    }
}
