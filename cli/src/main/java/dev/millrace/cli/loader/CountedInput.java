package dev.millrace.cli.loader;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Knows how far it was read, so that progress through a compressed file can be told. */
final class CountedInput extends FilterInputStream {

    private long position;

    CountedInput(InputStream input) {
        super(input);
    }

    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        position += next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        position += Math.max(count, 0);
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        position += skipped;
        return skipped;
    }
}
