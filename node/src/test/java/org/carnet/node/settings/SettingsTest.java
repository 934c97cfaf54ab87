// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

final class SettingsTest {
    /// The page is written anew with `-Dcarnet.write-pages=true`.
    @Test
    void thePageOfSettingsIsTheTableThatIsRead() throws IOException {
        var page = Path.of("../docs/settings.md");
        if (Boolean.getBoolean("carnet.write-pages")) Files.writeString(page, SettingTable.page());
        assertThat(page).hasContent(SettingTable.page());
    }

    @Test
    void aNodeWithoutSettingsListensOnLoopbackAndIsComplete() {
        var settings = Settings.of(Map.of());
        assertThat(settings.http().loopback()).isTrue();
        assertThat(settings.http().port()).isEqualTo(8400);
        assertThat(settings.tls().port()).isEmpty();
        assertThat(settings.database().embedded()).isTrue();
        assertThat(settings.origin()).isEqualTo("carnet.local/carnet");
        assertThat(settings.updates().clockSkew()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void theNameGivesOriginAndDirectoryUnlessTheyAreGiven() {
        assertThat(Settings.of(Map.of("name", "agora")))
                .returns("carnet.local/agora", Settings::origin)
                .returns(Path.of(".carnet/agora"), Settings::dataDirectory);
        assertThat(Settings.of(Map.of("name", "agora", "origin", "agora.example/log")).origin())
                .isEqualTo("agora.example/log");
    }

    @Test
    void theEnvironmentWinsOverTheFile(@TempDir Path directory) throws IOException {
        var file =
                Files.writeString(
                        directory.resolve("node.properties"),
                        """
                        name = agora
                        http.port = 8401
                        mqtt.port = off
                        peers.arcadia = https://arcadia.example
                        peers.arcadia.authority = arcadia.pem
                        """);
        var settings = Settings.read(file, Map.of("CARNET_HTTP_PORT", "8402", "HOME", "/"));
        assertThat(settings.name()).isEqualTo("agora");
        assertThat(settings.http().port()).isEqualTo(8402);
        assertThat(settings.mqtt().port()).isEqualTo(OptionalInt.empty());
        assertThat(settings.peers().get("arcadia").url())
                .isEqualTo(URI.create("https://arcadia.example"));
        assertThat(settings.peers().get("arcadia").authority()).contains(Path.of("arcadia.pem"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    name | Agora
                    name | ''
                    origin | two words
                    http.address | no such address
                    http.port | 65536
                    http.port | 80x
                    http.port | -1
                    tls.port | on
                    mqtt.tls | yes
                    database.url | jdbc:h2:mem:x
                    updates.clock-skew | 5 minutes
                    updates.clock-skew | PT-5M
                    updates.max-bytes | 65537
                    updates.rate | 0
                    storage.segment-bytes | 64M
                    peers.arcadia | http://arcadia.example
                    peers.arcadia | arcadia
                    """)
    void aWrongValueIsNamedWithWhatIsExpected(String name, String value) {
        assertThatThrownBy(() -> Settings.of(Map.of(name, value)))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith(name)
                .hasMessageContaining(value)
                .hasMessageContaining("expected is");
    }

    @Test
    void anUnknownNameIsRefusedWhereverItStands() {
        assertThatThrownBy(() -> Settings.of(Map.of("http.prot", "80")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("http.prot is not a setting");
        assertThatThrownBy(() -> Settings.read(Map.of("CARNET_HTTP_PROT", "80")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("CARNET_HTTP_PROT gives no setting");
    }

    @Test
    void beyondLoopbackNothingIsServedWithoutTls() {
        assertThatThrownBy(() -> Settings.of(Map.of("http.address", "0.0.0.0")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("tls.port = off");
        assertThat(Settings.of(Map.of("http.address", "0.0.0.0", "tls.port", "8443")).tls().port())
                .hasValue(8443);
    }

    @Test
    void aCertificateComesWithItsKeyAndAnAuthorityWithItsPeer() {
        assertThatThrownBy(() -> Settings.of(Map.of("tls.certificate", "a.pem")))
                .isInstanceOf(InvalidSetting.class);
        assertThatThrownBy(() -> Settings.of(Map.of("peers.arcadia.authority", "a.pem")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageStartingWith("peers.arcadia is missing");
    }

    @Test
    void aPasswordIsNeverPrinted() {
        var settings =
                Settings.of(
                        Map.of(
                                "database.url", "jdbc:postgresql://db/carnet",
                                "database.password", "hunter2"));
        assertThat(settings.toString()).doesNotContain("hunter2");
    }
}
