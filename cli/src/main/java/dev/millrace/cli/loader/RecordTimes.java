package dev.millrace.cli.loader;

import java.util.OptionalLong;

/** The time of a record as the job's own parser will find it. */
@FunctionalInterface
public interface RecordTimes {

    /** Records that carry no time of their own: the number of the row, as milliseconds since the epoch, stands for it. */
    RecordTimes ROW_NUMBERS = (value, row) -> OptionalLong.of(row);

    /**
     * @param row number of the row over all files, from 0
     * @return milliseconds since the epoch; empty if the parser will reject the record
     */
    OptionalLong timeOf(byte[] value, long row);
}
