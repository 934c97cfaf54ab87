// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.web;

import org.springframework.core.io.Resource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/// The entity tag of a page, from its content: the dates in a reproducible jar tell nothing.
final class ContentTag {
    private ContentTag() {}

    static String of(Resource resource) {
        try {
            var sum = new CRC32C();
            var content = resource.getContentAsByteArray();
            sum.update(content);
            return "%08x-%x".formatted(sum.getValue(), content.length);
        } catch (IOException e) {
            throw new UncheckedIOException("a page of this program cannot be read", e);
        }
    }
}
