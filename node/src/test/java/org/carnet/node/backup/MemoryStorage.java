// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.backup;

import org.carnet.Bytes;
import org.carnet.node.external.ExternalStorage;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A storage in memory that can fail at any operation, like a disk that is full or a host that goes away.
final class MemoryStorage implements ExternalStorage {
    final Map<String, Bytes> objects = new TreeMap<>();

    /// How many operations succeed still.
    int operationsLeft = Integer.MAX_VALUE;

    int puts;

    private void operate() throws IOException {
        if (operationsLeft-- <= 0) throw new IOException("no room");
    }

    @Override
    public void put(String name, Bytes content) throws IOException {
        ExternalStorage.require(name, content.length());
        operate();
        puts++;
        objects.put(name, content);
    }

    @Override
    public Optional<Bytes> get(String name) throws IOException {
        operate();
        return Optional.ofNullable(objects.get(name));
    }

    @Override
    public List<Stored> list() throws IOException {
        operate();
        return objects.entrySet().stream()
                .map(object -> new Stored(object.getKey(), object.getValue().length()))
                .toList();
    }

    @Override
    public void delete(String name) throws IOException {
        operate();
        objects.remove(name);
    }

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public void close() {}
}
