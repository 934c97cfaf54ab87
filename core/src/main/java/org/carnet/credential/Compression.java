// SPDX-License-Identifier: Apache-2.0
package org.carnet.credential;

import org.carnet.Bytes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/// How status lists are made short; expanding stops before it fills the memory.
enum Compression {
    /// RFC 1952.
    GZIP {
        @Override
        OutputStream compressing(OutputStream out) throws IOException {
            return new GZIPOutputStream(out);
        }

        @Override
        InputStream expanding(InputStream in) throws IOException {
            return new GZIPInputStream(in);
        }
    },
    /// RFC 1950.
    ZLIB {
        @Override
        OutputStream compressing(OutputStream out) {
            return new DeflaterOutputStream(out);
        }

        @Override
        InputStream expanding(InputStream in) {
            return new InflaterInputStream(in);
        }
    };

    /// Eight million entries of one bit.
    static final int LONGEST = 1 << 20;

    abstract OutputStream compressing(OutputStream out) throws IOException;

    abstract InputStream expanding(InputStream in) throws IOException;

    Bytes compress(byte[] bytes) {
        var compressed = new ByteArrayOutputStream();
        try (var out = compressing(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return Bytes.unsafe(compressed.toByteArray());
    }

    /// @throws IllegalArgumentException if this is not so compressed, or is too long
    Bytes expand(Bytes compressed) {
        try (var in = expanding(new ByteArrayInputStream(compressed.unsafeArray()))) {
            var bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST)
                throw new IllegalArgumentException("the list is longer than " + LONGEST + " bytes");
            return Bytes.unsafe(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException("the list is not compressed as it should be", e);
        }
    }
}
