// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.credentials;

import org.carnet.Bytes;
import org.carnet.jose.Json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/// Reads status lists as their specifications describe them, without the code that wrote them.
final class Lists {
    private Lists() {}

    static int bit(String encodedList, int index) throws IOException {
        var packed = Bytes.base64Url(encodedList.substring(1)).toArray();
        try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return (in.readAllBytes()[index / 8] >>> (7 - index % 8)) & 1;
        }
    }

    static int token(String jwt, int index) throws IOException {
        var claims = Json.object(Bytes.base64Url(jwt.split("\\.")[1]));
        var packed = Bytes.base64Url(claims.path("status_list").path("lst").asString()).toArray();
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
            return (in.readAllBytes()[index / 4] >>> (index % 4 * 2)) & 3;
        }
    }
}
