package dev.millrace.cli.cards;

import dev.millrace.cli.loader.CsvFile;
import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.evaluation.cards.CardEvent;
import dev.millrace.events.EventId;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the predictions that {@code evaluate --predictions} has written with the cards in the event files, by the events' ids.
 *
 * <p>Holds an id and a card per event.
 */
public final class ScoredCards {

    private static final long DAY_SECONDS = 86_400;

    private final String card;
    private final Map<EventId, String> cards = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private long unlabelled;

    /**
     * @param id column of the events' ids; null: the number of the row over all files is the id, as {@code evaluate} counts
     * @param card column of the card
     * @throws WrongInputException if a file cannot be read or lacks a column
     */
    public ScoredCards(List<Path> events, @Nullable String id, String card) {
        this.card = card;
        long row = 0;
        for (Path path : events) {
            try (CsvFile file = CsvFile.open(path)) {
                int idColumn = id == null ? -1 : column(file, id);
                int cardColumn = column(file, card);
                for (String[] cells = file.nextRow(); cells != null; cells = file.nextRow()) {
                    EventId event = idColumn < 0 ? EventId.of(row) : EventId.of(cells[idColumn]);
                    cards.put(event, names.computeIfAbsent(cells[cardColumn], name -> name));
                    row++;
                }
            }
        }
    }

    /**
     * Hands on every prediction whose label is known.
     *
     * @throws WrongInputException if the file is none of predictions of a binary task, or has an event that is in no event file
     */
    public void read(Path predictions, Consumer<CardEvent> sink) {
        try (CsvFile file = CsvFile.open(predictions)) {
            int id = column(file, "id");
            int time = column(file, "event_time");
            int score = column(file, "score");
            int label = column(file, "label");
            for (String[] cells = file.nextRow(); cells != null; cells = file.nextRow()) {
                String name = cards.get(EventId.of(cells[id]));
                if (name == null) {
                    throw new WrongInputException("event " + cells[id] + " of " + predictions
                            + " is in none of the event files; give all that were evaluated with --events");
                }
                if (cells[label].isEmpty()) {
                    unlabelled++;
                    continue;
                }
                sink.accept(new CardEvent(
                        day(predictions, cells[time]),
                        name,
                        score(predictions, cells[score]),
                        isFraud(predictions, cells[label])));
            }
        }
    }

    /** Predictions that were left out because no label is known. */
    public long unlabelled() {
        return unlabelled;
    }

    private int column(CsvFile file, String name) {
        int column = file.columns().indexOf(name);
        if (column < 0) {
            throw new WrongInputException(file.path() + " has no column '" + name + "', only "
                    + String.join(", ", file.columns())
                    + (name.equals(card)
                            ? "; name the column of the card with --card"
                            : "; give predictions that evaluate has written, and the files of its events"));
        }
        return column;
    }

    private static long day(Path file, String text) {
        try {
            return Math.floorDiv(Instant.parse(text).getEpochSecond(), DAY_SECONDS);
        } catch (DateTimeException e) {
            throw wrong(file, "event_time", "a time like 2018-06-06T06:30:00Z", text);
        }
    }

    private static float score(Path file, String text) {
        try {
            float score = Float.parseFloat(text);
            if (!Float.isNaN(score)) {
                return score;
            }
        } catch (NumberFormatException e) {
            // Told below: several scores, or none.
        }
        throw wrong(file, "score", "one number, as of a binary task", text);
    }

    private static boolean isFraud(Path file, String text) {
        if (!text.equals("0") && !text.equals("1")) {
            throw wrong(file, "label", "0 or 1", text);
        }
        return text.equals("1");
    }

    private static WrongInputException wrong(Path file, String column, String rule, String value) {
        return new WrongInputException("column " + column + " of " + file + " must be " + rule + ", got '" + value
                + "'; give predictions that evaluate has written for a binary task");
    }
}
