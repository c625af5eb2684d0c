package dev.millrace.pipeline;

import java.util.Collection;
import java.util.Locale;

/** What somebody may have meant by a word that does not exist. */
final class Suggestion {

    private Suggestion() {}

    /** {@code did you mean 'batch'?} where a word is near, else {@code write one of …}. */
    static String remedy(String word, Collection<String> words) {
        return remedy(word, words, words.isEmpty() ? "remove it" : "write one of " + String.join(", ", words));
    }

    /** {@code did you mean 'batch'?} where a word is near, else {@code otherwise}. */
    static String remedy(String word, Collection<String> words, String otherwise) {
        String wanted = normal(word);
        int least = Math.min(wanted.length(), Math.max(2, wanted.length() / 3) + 1);
        String nearest = "";
        for (String candidate : words) {
            int distance = distance(wanted, normal(candidate));
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest.isEmpty() ? otherwise : "did you mean '" + nearest + "'?";
    }

    private static String normal(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Levenshtein's: insertions, deletions and replacements that turn one word into the other. */
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
