// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

class WorkshopTest {
    @TempDir Path home;

    @Test
    void theNextDemoEndsAndRemovesWhatAnEarlierOneLeft() throws Exception {
        var leftover = sleeper(root().toString());
        var stranger = sleeper("elsewhere");
        try (var earlier = Workshop.open(root())) {
            earlier.remember(leftover);
            // A number that was given to another process since.
            earlier.remember(stranger);
            Files.writeString(earlier.path("file"), "old");
        }
        try (var next = Workshop.open(root())) {
            assertThat(next.path("file")).doesNotExist();
            assertThat(leftover.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void aDatabaseThatOutlivedItsNodeIsEnded() throws Exception {
        var postgres = sleeper(root().toString());
        try (var earlier = Workshop.open(root())) {
            var directory =
                    Files.createDirectories(earlier.path("pulse").resolve("data/postgres/18/data"));
            Files.writeString(directory.resolve("postmaster.pid"), postgres.pid() + "\n/data\n");
        }
        try (var next = Workshop.open(root())) {
            assertThat(postgres.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(next.path("pulse")).doesNotExist();
        }
    }

    @Test
    void twoDemosDoNotShareAWorkshop() throws IOException {
        try (var first = Workshop.open(root())) {
            assertThat(first.path("")).isDirectory();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Workshop.open(root()))
                    .withMessageStartingWith("another demo is running in ");
        }
    }

    private Path root() {
        return home.resolve("demo");
    }

    private static Process sleeper(String mark) throws IOException {
        return new ProcessBuilder("sh", "-c", "sleep 60; : " + mark).start();
    }
}
