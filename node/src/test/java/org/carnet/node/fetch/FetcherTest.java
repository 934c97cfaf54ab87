// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.client.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/// What a stranger can have this node ask for, and what not.
final class FetcherTest {
    @Test
    void onlyPublicAddressesAreAsked() {
        for (var address :
                List.of(
                        "127.0.0.1",
                        "10.1.2.3",
                        "172.16.0.1",
                        "192.168.1.1",
                        "169.254.169.254",
                        "100.64.0.1",
                        "0.0.0.0",
                        "224.0.0.1",
                        "::1",
                        "fe80::1",
                        "fc00::1",
                        "fd12::1",
                        "64:ff9b::a9fe:a9fe",
                        "::ffff:10.0.0.1"))
            assertThat(Fetcher.isPublic(InetAddress.ofLiteral(address))).as(address).isFalse();
        for (var address : List.of("8.8.8.8", "2001:4860:4860::8888"))
            assertThat(Fetcher.isPublic(InetAddress.ofLiteral(address))).as(address).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:1/did.jsonl",
                "http://192.0.2.1/did.jsonl",
                "https://10.0.0.1/did.jsonl",
                "https://user@192.0.2.1/did.jsonl",
                "file:///etc/passwd"
            })
    void aNodeThatOthersReachIsNoWayIntoItsNetwork(String address) {
        var fetcher = new Fetcher(Trust.usual(), false);
        assertThatThrownBy(() -> fetcher.get(URI.create(address), "*/*", 1000))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the address");
    }
}
