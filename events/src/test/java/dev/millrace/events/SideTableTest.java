package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideTableTest {

    private static final List<Field> FIELDS = List.of(
            new Field("items.title", FieldType.STRING),
            new Field("items.year", FieldType.NUMBER),
            new Field("items.genre", FieldType.ID));

    @Test
    void rowsComeOutAsTheyWentIn() {
        SideTable.Packer packer = new SideTable.Packer(FIELDS);
        assertThat(packer.add("7", row(1995, "Se7en", null))).isTrue();
        assertThat(packer.add("Ω", row(Double.NaN, null, "drama"))).isTrue();
        SideTable table = packer.pack();

        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.fields()).isEqualTo(FIELDS);
        assertThat(table.unpack()).containsOnlyKeys("7", "Ω");
        assertThat(table.unpack().get("7").numbers()).containsExactly(1995);
        assertThat(table.unpack().get("7").texts()).containsExactly("Se7en", null);
        assertThat(table.unpack().get("Ω").numbers()).containsExactly(Double.NaN);
        assertThat(table.unpack().get("Ω").texts()).containsExactly(null, "drama");
    }

    @Test
    void theFirstRowOfAKeyStays() {
        SideTable.Packer packer = new SideTable.Packer(FIELDS);
        packer.add("7", row(1, "a", "b"));
        assertThat(packer.add("7", row(2, "c", "d"))).isFalse();
        SideTable table = packer.pack();
        assertThat(table.rowCount()).isEqualTo(1);
        assertThat(table.unpack().get("7").numbers()).containsExactly(1);
    }

    @Test
    void aRowOfOtherFieldsIsRefused() {
        SideTable.Packer packer = new SideTable.Packer(FIELDS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> packer.add("7", new TableRow(new double[2], new String[2])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> packer.add("7", new TableRow(new double[1], new String[1])));
    }

    /** It goes to the cluster with the job, which must stay small. */
    @Test
    void travelsPacked() throws IOException {
        SideTable.Packer packer = new SideTable.Packer(FIELDS);
        for (int i = 0; i < 10_000; i++) {
            packer.add(Integer.toString(i), row(1900 + i % 100, "the title of a film", "genre " + i % 19));
        }
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(sent)) {
            output.writeObject(packer.pack());
        }
        assertThat(sent.size()).isLessThan(10_000 * 20);
    }

    private static TableRow row(double year, String title, String genre) {
        return new TableRow(new double[] {year}, new String[] {title, genre});
    }
}
