package dev.millrace.cli;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** First days of consecutive weeks on the command line: {@code 2018-06-06..2018-08-01}, or one day for one week. */
final class WeeksOption implements ITypeConverter<WeeksOption.Weeks> {

    /** First days, at least one, seven days apart. */
    record Weeks(List<LocalDate> firstDays) {}

    @Override
    public Weeks convert(String text) {
        String[] ends = text.split("\\.\\.", -1);
        try {
            LocalDate first = LocalDate.parse(ends[0]);
            LocalDate last = LocalDate.parse(ends[ends.length - 1]);
            if (ends.length > 2 || last.isBefore(first)) {
                throw wrong(text);
            }
            return new Weeks(
                    first.datesUntil(last.plusDays(1), Period.ofDays(7)).toList());
        } catch (DateTimeException e) {
            throw wrong(text);
        }
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException(
                "'" + text
                        + "' names no weeks; write the first day of the first and of the last one, 2018-06-06..2018-08-01, or one day");
    }
}
