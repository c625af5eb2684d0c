package dev.millrace.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The grammar of {@code events.where}, before anybody asks what the names in it mean:
 *
 * <pre>
 *   where      = comparison {"and" comparison}
 *   comparison = field ("=" | "!=" | "<" | "<=" | ">" | ">=") value
 *              | field "in" "[" value {"," value} "]"
 *              | field "is" ("missing" | "present")
 * </pre>
 *
 * <p>Fields and values are bare words, or in single or double quotes, which are doubled inside.
 */
final class WhereText {

    private static final Set<String> SYMBOLS = Set.of("=", "!=", "<", "<=", ">", ">=");
    private static final Pattern TOKEN = Pattern.compile(
            "(?<quoted>\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*')|(?<sign>[<>!]=|[=<>,\\[\\]])|(?<word>[^\\s=<>!,\\[\\]\"'()]+)");

    /** @param quoted whether it was in quotes, which {@code text} is without */
    record Word(String text, boolean quoted) {
        private boolean is(String bare) {
            return !quoted && text.equals(bare);
        }
    }

    /**
     * @param operator {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}, {@code in} or {@code is}
     * @param values one, or several of {@code in}; of {@code is}: {@code missing} or {@code present}
     */
    record Comparison(String field, String operator, List<Word> values) {}

    /** The text is not of the grammar. The message says where it ends to be. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        SyntaxException(String message) {
            super(message);
        }
    }

    private final List<Word> tokens;
    private int at;

    private WhereText(List<Word> tokens) {
        this.tokens = tokens;
    }

    /** At least one comparison. */
    static List<Comparison> parse(String text) throws SyntaxException {
        return new WhereText(tokens(text)).comparisons();
    }

    private static List<Word> tokens(String text) throws SyntaxException {
        List<Word> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (Character.isWhitespace(text.charAt(end))) {
                end++;
                continue;
            }
            if (!matcher.find(end) || matcher.start() != end) {
                throw new SyntaxException("nothing of it begins with " + text.charAt(end));
            }
            String quoted = matcher.group("quoted");
            tokens.add(quoted == null ? new Word(matcher.group(), false) : new Word(unquoted(quoted), true));
            end = matcher.end();
        }
        return tokens;
    }

    private static String unquoted(String text) {
        String quote = text.substring(0, 1);
        return text.substring(1, text.length() - 1).replace(quote + quote, quote);
    }

    private List<Comparison> comparisons() throws SyntaxException {
        List<Comparison> comparisons = new ArrayList<>();
        comparisons.add(comparison());
        while (at < tokens.size()) {
            expect("and");
            comparisons.add(comparison());
        }
        return comparisons;
    }

    private Comparison comparison() throws SyntaxException {
        String field = value("a field").text();
        Word operator = next("a comparison");
        if (operator.is("is")) {
            Word presence = next("missing or present");
            if (!presence.is("missing") && !presence.is("present")) {
                throw new SyntaxException("missing or present must follow is, not " + presence.text());
            }
            return new Comparison(field, "is", List.of(presence));
        }
        if (operator.is("in")) {
            return new Comparison(field, "in", list());
        }
        if (operator.quoted() || !SYMBOLS.contains(operator.text())) {
            throw new SyntaxException("a comparison must follow " + field + ", not " + operator.text());
        }
        return new Comparison(field, operator.text(), List.of(value("a value")));
    }

    private List<Word> list() throws SyntaxException {
        expect("[");
        List<Word> values = new ArrayList<>();
        values.add(value("a value"));
        while (!next("a comma or ]").is("]")) {
            at--;
            expect(",");
            values.add(value("a value"));
        }
        return values;
    }

    /** A bare or quoted word that is no sign. */
    private Word value(String what) throws SyntaxException {
        Word word = next(what);
        if (!word.quoted()
                && (SYMBOLS.contains(word.text()) || Stream.of(",", "[", "]").anyMatch(word::is))) {
            throw new SyntaxException(what + " must stand where " + word.text() + " stands");
        }
        return word;
    }

    private void expect(String sign) throws SyntaxException {
        Word word = next(sign);
        if (!word.is(sign)) {
            throw new SyntaxException(sign + " must stand where " + word.text() + " stands");
        }
    }

    private Word next(String what) throws SyntaxException {
        if (at == tokens.size()) {
            throw new SyntaxException("it ends where " + what + " must follow");
        }
        return tokens.get(at++);
    }
}
