// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.witness;

import static java.util.stream.Collectors.joining;

import org.carnet.Bytes;
import org.carnet.identity.DidKey;
import org.carnet.log.LogVerifier;
import org.carnet.log.NoteVerifier;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// The connected platforms and their pinned keys, in PostgreSQL.
final class PeerStore {
    private final JdbcClient jdbc;

    PeerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private static Peer peer(ResultSet row, int number) throws SQLException {
        var did = row.getString("did");
        return new Peer(
                URI.create(row.getString("url")),
                LogVerifier.parse(Bytes.utf8(row.getString("log_vkeys"))),
                keys(row.getString("witness_vkeys")),
                Optional.ofNullable(did).map(DidKey::parse),
                Peer.Source.valueOf(row.getString("source")),
                row.getObject("since", OffsetDateTime.class).toInstant());
    }

    private static List<NoteVerifier> keys(String lines) {
        return lines.lines().map(NoteVerifier::parse).toList();
    }

    List<Peer> all() {
        return jdbc.sql("select * from peer order by origin").query(PeerStore::peer).list();
    }

    /// Keeps a platform; of one that is known, all but the keys may change.
    void save(Peer peer) {
        jdbc.sql(
                        "insert into peer (origin, url, log_vkeys, witness_vkeys, did, source,"
                            + " since) values (?, ?, ?, ?, ?, ?, ?) on conflict (origin) do update"
                            + " set url = excluded.url, did = excluded.did, source ="
                            + " excluded.source")
                .param(peer.origin())
                .param(peer.url().toString())
                .param(peer.log().encode().toUtf8())
                .param(peer.witness().stream().map(key -> key.vkey() + "\n").collect(joining()))
                .param(peer.did().map(DidKey::value).orElse(null))
                .param(peer.source().name())
                .param(peer.since().atOffset(ZoneOffset.UTC))
                .update();
    }

    void delete(String origin) {
        jdbc.sql("delete from peer where origin = ?").param(origin).update();
    }
}
