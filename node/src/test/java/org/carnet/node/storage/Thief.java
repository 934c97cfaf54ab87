// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.storage;

import org.carnet.Bytes;
import org.carnet.log.Record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

/// Who has a copy of a node's data directory, its keys included, and all that its database holds: opens what that opens.
public final class Thief {
    private final Path copy;
    private final List<SubjectKey> keys = new ArrayList<>();
    private final Map<String, List<Bytes>> secrets = new HashMap<>();

    public Thief(Path copy, DataSource database) throws IOException, SQLException {
        this.copy = copy;
        var wrap = new KeyWrap(NodeKeys.open(copy, new SecureRandom()).wrap(), new SecureRandom());
        try (var connection = database.getConnection();
                var query = connection.createStatement();
                var row = query.executeQuery("select id, subject, wrapped from subject_keys")) {
            while (row.next()) {
                var secret = wrap.unwrap(row.getString(2), row.getBytes(3));
                keys.add(new SubjectKey(row.getLong(1), secret));
                secrets.computeIfAbsent(row.getString(2), name -> new ArrayList<>())
                        .addAll(
                                List.of(
                                        Bytes.copyOf(Arrays.copyOf(secret, 32)),
                                        Bytes.copyOf(Arrays.copyOfRange(secret, 32, 64)),
                                        Bytes.copyOf(row.getBytes(3))));
            }
        }
    }

    /// The halves of every key of a subject, and what they are wrapped in.
    public List<Bytes> secretsOf(String subject) {
        return secrets.getOrDefault(subject, List.of());
    }

    /// Everything that opens with any key: details of records, entries of snapshots.
    public List<Bytes> opened() throws IOException {
        var opened = new ArrayList<Bytes>();
        var disk = new RealDisk();
        var directory = new DataDirectory(copy);
        new JournalCheck(disk, directory)
                .read(
                        Long.MAX_VALUE,
                        (index, record) -> {
                            var header = Arrays.copyOf(record.leaf(), Record.HEADER_LENGTH);
                            open(header, record.sealed(), opened);
                        });
        for (var file : disk.list(directory.state())) {
            var name = directory.state().relativize(file).toString();
            var snapshot = SnapshotFile.parse(Files.readAllBytes(file));
            var place = SnapshotFile.place(name, snapshot.records());
            for (var sealed : snapshot.sealed()) open(place, sealed, opened);
        }
        return opened;
    }

    /// How many entries of snapshots were sealed with keys that are gone.
    public long leftBehind() throws IOException {
        long count = 0;
        for (var file : new RealDisk().list(new DataDirectory(copy).state())) {
            for (var sealed : SnapshotFile.parse(Files.readAllBytes(file)).sealed()) {
                long id = Seal.keyId(sealed);
                if (keys.stream().noneMatch(key -> key.id() == id)) count++;
            }
        }
        return count;
    }

    private void open(byte[] place, byte[] sealed, List<Bytes> opened) {
        var seal = new Seal(new SecureRandom());
        for (var key : keys)
            seal.open(key, place, sealed).map(Bytes::unsafe).ifPresent(opened::add);
    }
}
