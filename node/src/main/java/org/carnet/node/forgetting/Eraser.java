// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.forgetting;

import org.carnet.Bytes;
import org.carnet.client.ErasureReceipt;
import org.carnet.client.ErasureReceipt.Place;
import org.carnet.log.Assurance;
import org.carnet.log.Pseudonym;
import org.carnet.log.Record;
import org.carnet.node.forgetting.Requests.Request;
import org.carnet.node.points.Entry;
import org.carnet.node.points.Erasure;
import org.carnet.node.points.Forgets;
import org.carnet.node.points.Keys;
import org.carnet.node.points.NodeIdentity;
import org.carnet.node.points.RecordReads;
import org.carnet.node.points.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/// Forgets a subject, or what was recorded of it in a range of time, and tells with a receipt what it did.
///
/// ```text
/// request    a row says what is to be forgotten               a crash from here on is made up for at the next start
/// close      nothing more is sealed with the keys              all they sealed is durable, and found
/// tombstone  on the record, before anything is gone
/// destroy    the keys, in the database and in memory
/// places     memory, snapshots, rows, copies, in this order
/// scrub      the row loses the subject; the database's files lose what was deleted
/// receipt
/// ```
/// Each step may be done twice. One erasure runs at a time.
final class Eraser {
    private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);
    private static final int ID = 16;

    private final Keys keys;
    private final Records records;
    private final RecordReads reads;
    private final Requests requests;
    private final Scrubber scrubber;
    private final List<Forgets> places;
    private final NodeIdentity node;
    private final InstantSource clock;
    private final SecureRandom random;

    /// Removes from files what was deleted from tables; answers what it could not do.
    interface Scrubber {
        List<String> run() throws SQLException;
    }

    Eraser(
            Keys keys,
            Records records,
            RecordReads reads,
            Requests requests,
            Scrubber scrubber,
            List<Forgets> places,
            NodeIdentity node,
            InstantSource clock,
            SecureRandom random) {
        this.keys = keys;
        this.records = records;
        this.reads = reads;
        this.requests = requests;
        this.scrubber = scrubber;
        this.places = places.stream().sorted(Comparator.comparing(Forgets::stage)).toList();
        this.node = node;
        this.clock = clock;
        this.random = random;
    }

    /// What came of asking.
    sealed interface Outcome {}

    /// It is forgotten.
    record Erased(long tombstone, ErasureReceipt receipt) implements Outcome {}

    /// Nothing was done.
    record Refused(String why) implements Outcome {}

    /// @param cause why, for the tombstone
    synchronized Outcome forget(String subject, Keys.Range range, String cause)
            throws SQLException {
        if (subject.isEmpty() || subject.equals(origin())) {
            return new Refused("what the node records of itself is of no person, and stays");
        }
        var request = request(subject, range, cause);
        requests.insert(request);
        return carriedOut(List.of(request), false).getFirst();
    }

    /// Forgets the same range of several subjects together; what the node records of itself stays. Answers of how many.
    synchronized int forget(List<String> subjects, Keys.Range range, String cause)
            throws SQLException {
        var all = new ArrayList<Request>();
        for (var subject : subjects) {
            if (!subject.equals(origin())) all.add(request(subject, range, cause));
        }
        all.forEach(requests::insert);
        if (!all.isEmpty()) carriedOut(all, false);
        return all.size();
    }

    private Request request(String subject, Keys.Range range, String cause) {
        return new Request(
                Bytes.unsafe(drawn(ID)).toBase64Url(),
                subject,
                Bytes.unsafe(drawn(ErasureReceipt.Subject.NONCE)),
                range,
                cause,
                clock.instant(),
                OptionalLong.empty());
    }

    private String origin() {
        return node.log().name();
    }

    private byte[] drawn(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// Carries on what was begun before the node died, or failed.
    synchronized void resume() throws SQLException {
        for (var request : requests.all()) {
            if (request.isDone()) {
                scrubber.run();
                requests.delete(request.id());
            } else {
                var done = carriedOut(List.of(request), true).getFirst();
                LOG.info("an erasure was carried on to its end: record {}", done.tombstone());
            }
        }
    }

    /// @param all of one and the same range
    /// @param again whether they were begun before
    private List<Erased> carriedOut(List<Request> all, boolean again) throws SQLException {
        var subjects = all.stream().map(Request::subject).toList();
        var closed = keys.close(subjects, all.getFirst().range());
        var tombstones = tombstones(all, closed, again);
        var erasures = new ArrayList<Erasure>();
        var reached = new ArrayList<Place>();
        var pending = new ArrayList<Place>();
        int destroyed = 0;
        for (int i = 0; i < all.size(); i++) {
            var request = all.get(i);
            long index = tombstones.get(i);
            var gone = again ? recorded(index, closed.get(i)) : closed.get(i);
            erasures.add(new Erasure(index, request.subject(), request.range().whole(), gone));
            destroyed += keys.destroy(request.subject(), gone);
        }
        reached.add(new Place("the keys", destroyed + " destroyed, on disk and in memory"));
        for (var place : places) {
            switch (told(place, erasures)) {
                case Forgets.Reached(String what) -> reached.add(new Place(place.place(), what));
                case Forgets.Pending(String why) -> pending.add(new Place(place.place(), why));
            }
        }
        for (var request : all) requests.done(request.id());
        var left = scrubber.run();
        for (var request : all) requests.delete(request.id());
        if (left.isEmpty()) {
            reached.add(new Place("the files of the database", "written anew without it"));
        }
        for (var what : left) pending.add(new Place("the files of the database", what));
        var erased = new ArrayList<Erased>();
        for (int i = 0; i < all.size(); i++) {
            var receipt = receipt(all.get(i), erasures.get(i), reached, pending);
            erased.add(new Erased(tombstones.get(i), receipt));
        }
        return erased;
    }

    /// What an earlier start had found to go: the keys may be destroyed already.
    private List<Erasure.ErasedKey> recorded(long tombstone, List<Erasure.ErasedKey> closed) {
        var details = reads.read(tombstone).details();
        return details.isPresent() ? Tombstone.parse(details.get()).keys() : closed;
    }

    private static Forgets.Outcome told(Forgets place, List<Erasure> erasures) {
        try {
            return place.forget(erasures);
        } catch (RuntimeException failure) {
            // Without this node's own places nothing is told as forgotten; what lies elsewhere may
            // be away for long.
            if (place.stage() != Forgets.Stage.COPIES) throw failure;
            // The message of the failure might name somebody.
            LOG.error(
                    "{} did not forget what record {} tells: {}",
                    place.place(),
                    erasures.getFirst().tombstone(),
                    failure.getClass().getName());
            return new Forgets.Pending("it failed there; the log of the node says how");
        }
    }

    /// The tombstones of the requests, recorded now and together unless they were before.
    private List<Long> tombstones(
            List<Request> all, List<List<Erasure.ErasedKey>> closed, boolean again) {
        if (again) {
            var request = all.getFirst();
            if (request.tombstone().isPresent()) {
                return List.of(request.tombstone().getAsLong());
            }
            var about = Pseudonym.open(request.committed().named());
            var earlier = keys.find(Record.Kind.ERASED, about);
            if (earlier.isPresent()) return List.of(earlier.getAsLong());
        }
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < all.size(); i++) entries.add(entry(all.get(i), closed.get(i)));
        long first = records.append(entries).join().firstIndex();
        var indexes = new ArrayList<Long>();
        for (var request : all) {
            requests.recorded(request.id(), first + indexes.size());
            indexes.add(first + indexes.size());
        }
        return indexes;
    }

    private Entry entry(Request request, List<Erasure.ErasedKey> closed) {
        var tombstone = new Tombstone(request.range().whole(), request.cause(), closed);
        return new Entry(
                Record.Kind.ERASED,
                Assurance.NONE,
                origin(),
                node.key().did().value(),
                request.committed().named(),
                tombstone.encode());
    }

    private ErasureReceipt receipt(
            Request request, Erasure erasure, List<Place> reached, List<Place> pending) {
        var erased = new ArrayList<ErasureReceipt.Erased>();
        for (var key : erasure.keys()) {
            erased.add(
                    new ErasureReceipt.Erased(
                            key.id(),
                            key.from(),
                            key.until(),
                            key.records(),
                            key.first(),
                            key.last()));
        }
        return new ErasureReceipt(
                node.key().did(),
                origin(),
                request.committed(),
                erasure.whole(),
                erased,
                now(),
                reads.prove(erasure.tombstone()),
                reached,
                pending);
    }

    private Instant now() {
        return clock.instant();
    }
}
