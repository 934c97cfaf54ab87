// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.carnet.Bytes;
import org.carnet.client.ErasureReceipt;
import org.carnet.node.points.Keys;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// What is to be forgotten, in the table `erasure`: an erasure that began is carried on after a crash.
///
/// The subject stands in the row until nothing else is left to do; then the row says only that files are to be scrubbed.
final class Requests {
    private final JdbcClient jdbc;

    Requests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// One erasure that was asked for and is not at its end.
    ///
    /// @param cause why, such as `asked` or `retention`
    record Request(
            String id,
            String subject,
            Bytes nonce,
            Keys.Range range,
            String cause,
            Instant askedAt,
            OptionalLong tombstone) {

        ErasureReceipt.Subject committed() {
            return ErasureReceipt.Subject.of(subject, nonce);
        }

        /// Whether all is done but the scrubbing of files.
        boolean isDone() {
            return subject.isEmpty();
        }

        /// Names nobody.
        @Override
        public String toString() {
            return "erasure " + id;
        }
    }

    void insert(Request request) {
        var range = request.range();
        jdbc.sql(
                        """
                        insert into erasure (id, subject, nonce, whole, since, until, within, cause, asked_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)
                .param(request.id())
                .param(request.subject())
                .param(request.nonce().toArray())
                .param(range.whole())
                .param(range.whole() ? 0 : range.from().toEpochMilli())
                .param(range.whole() ? 0 : range.until().toEpochMilli())
                .param(range.within())
                .param(request.cause())
                .param(request.askedAt().toEpochMilli())
                .update();
    }

    void recorded(String id, long tombstone) {
        jdbc.sql("update erasure set tombstone = ? where id = ?")
                .param(tombstone)
                .param(id)
                .update();
    }

    /// Takes the subject out of the row.
    void done(String id) {
        jdbc.sql("update erasure set subject = '', nonce = '' where id = ?").param(id).update();
    }

    void delete(String id) {
        jdbc.sql("delete from erasure where id = ?").param(id).update();
    }

    List<Request> all() {
        return jdbc.sql(
                        """
                        select id, subject, nonce, whole, since, until, cause, asked_at,
                               tombstone, within
                        from erasure order by asked_at, id\
                        """)
                .query(
                        (row, number) -> {
                            var tombstone = row.getObject(9, Long.class);
                            return new Request(
                                    row.getString(1),
                                    row.getString(2),
                                    Bytes.copyOf(row.getBytes(3)),
                                    row.getBoolean(4)
                                            ? Keys.Range.ALL
                                            : new Keys.Range(
                                                    Instant.ofEpochMilli(row.getLong(5)),
                                                    Instant.ofEpochMilli(row.getLong(6)),
                                                    row.getBoolean(10)),
                                    row.getString(7),
                                    Instant.ofEpochMilli(row.getLong(8)),
                                    tombstone == null
                                            ? OptionalLong.empty()
                                            : OptionalLong.of(tombstone));
                        })
                .list();
    }
}
