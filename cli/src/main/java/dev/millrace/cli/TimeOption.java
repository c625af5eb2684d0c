package dev.millrace.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An event time on the command line: a date, a date with time (UTC where no zone is given), or milliseconds. */
final class TimeOption implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            if (text.matches("-?[0-9]+")) {
                return Instant.ofEpochMilli(Long.parseLong(text));
            }
            if (text.length() == "2018-04-11".length()) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            String written = text.replace(' ', 'T');
            return written.endsWith("Z") || written.matches(".*[+-][0-9]{2}:[0-9]{2}$")
                    ? OffsetDateTime.parse(written).toInstant()
                    : LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException | NumberFormatException e) {
            throw new TypeConversionException("'" + text
                    + "' is no time; write 2018-04-11, 2018-04-11T06:30:00Z, or milliseconds since the epoch"
                    + " (where events have no time: the number of the row)");
        }
    }
}
