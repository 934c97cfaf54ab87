// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;

class ReservedSequenceTest {
    @TempDir Path directory;

    @Test
    void countsFromOneWithoutGaps() throws IOException {
        try (var sequence = ReservedSequence.open(file())) {
            for (long n = 1; n <= 2 * ReservedSequence.BLOCK + 1; n++) {
                assertThat(sequence.next()).isEqualTo(n);
            }
        }
    }

    /// A crash leaves the disk as it was at some moment: whatever that moment, no number comes twice.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void noNumberIsGivenTwiceWhateverMomentTheProgramDies(long seed) throws IOException {
        var random = new Random(seed);
        var given = new HashSet<Long>();
        var highest = 0L;
        for (int life = 0; life < 30; life++) {
            // What a program that dies while writing leaves behind.
            if (random.nextBoolean()) Files.writeString(file("sequence.new"), "7");
            try (var sequence = ReservedSequence.open(file())) {
                for (int i = random.nextInt(1500); i > 0; i--) {
                    var number = sequence.next();
                    assertThat(number).isGreaterThan(highest);
                    assertThat(given.add(number)).isTrue();
                    assertThat(onDisk()).isGreaterThan(number);
                    highest = number;
                }
            }
        }
    }

    @Test
    void twoProgramsCannotCountForOneThing() throws IOException {
        try (var sequence = ReservedSequence.open(file())) {
            assertThat(sequence.next()).isEqualTo(1);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> ReservedSequence.open(file()))
                    .withMessageStartingWith("this thing is in use");
        }
        try (var sequence = ReservedSequence.open(file())) {
            assertThat(sequence.next()).isEqualTo(1 + ReservedSequence.BLOCK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "many", "99999999999999999999"})
    void aSpoiltFileIsRefusedAndNotTakenForTheStart(String content) throws IOException {
        Files.writeString(file(), content);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ReservedSequence.open(file()))
                .withMessageContaining("does not hold the next sequence number");
        // and the lock was given back
        Files.writeString(file(), "5");
        ReservedSequence.open(file()).close();
    }

    private Path file() {
        return file("sequence");
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private long onDisk() throws IOException {
        return Long.parseLong(Files.readString(file()).strip());
    }
}
