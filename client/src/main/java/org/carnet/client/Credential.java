// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// How a client proves who it is: what each request says of it.
@FunctionalInterface
interface Credential {
    Credential NONE = (method, uri) -> Map.of();

    /// The headers that make this request its own.
    Map<String, String> headers(String method, URI uri) throws IOException;

    /// Proves it now, if proving is more than saying.
    default void renew() throws IOException {}

    static Credential fixed(String authorization) {
        return (method, uri) -> Map.of("Authorization", authorization);
    }
}
