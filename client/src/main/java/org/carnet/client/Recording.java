// SPDX-License-Identifier: Apache-2.0
package org.carnet.client;

import org.carnet.client.Sample.Vector;
import org.carnet.envelope.Reading;
import org.carnet.envelope.Value;
import org.carnet.envelope.Value.Quantity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// One person's wrist movement, recorded by a watch about a hundred times a second.
///
/// The data set (sp-sw-har, CC BY 4.0, see `ATTRIBUTION.md` beside it) holds several executions per person with
/// pauses between them. Here they follow one another without the pauses; within each the original timing is kept,
/// so neighbours may share a millisecond.
///
/// @param person pseudonym of the data set, such as `s02`
public record Recording(String person, List<Sample> samples) {
    /// The people whose recordings come with this library.
    public static final List<String> PEOPLE =
            List.of("s02", "s04", "s06", "s08", "s10", "s12", "s14", "s16", "s18", "s20");

    /// The property that names what the wearer does.
    public static final String ACTIVITY = "activity";

    private static final String HEADER = "x_acc,y_acc,z_acc,x_gyro,y_gyro,z_gyro,timestamp,label";

    /// Stands between the last sample of an execution and the first of the next.
    private static final Duration STEP = Duration.ofMillis(10);

    public Recording {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) throw new IllegalArgumentException("a recording has samples");
    }

    /// @throws IllegalArgumentException if there is no recording of this person
    public static Recording of(String person) {
        if (!PEOPLE.contains(person)) {
            throw new IllegalArgumentException(
                    "no recording of " + person + ", there are " + String.join(", ", PEOPLE));
        }
        var samples = new ArrayList<Sample>();
        for (int execution = 1; addExecution(person, execution, samples); execution++) {}
        return new Recording(person, samples);
    }

    /// From the first sample to one step after the last, so that a recording can follow itself.
    public Duration length() {
        return samples.getLast().offset().plus(STEP);
    }

    /// The samples in slices of equal time; a slice in which nothing was measured is empty.
    public List<List<Sample>> slices(Duration each) {
        var slices = new ArrayList<List<Sample>>();
        for (var sample : samples) {
            var slice = sample.offset().dividedBy(each);
            while (slices.size() <= slice) slices.add(new ArrayList<>());
            slices.getLast().add(sample);
        }
        return slices;
    }

    /// What a watch says of these samples: six quantities each, and the activity first and whenever it changes.
    ///
    /// @param start when the recording starts to be played
    public static List<Reading> readings(List<Sample> slice, Instant start) {
        var readings = new ArrayList<Reading>();
        var activity = "";
        for (var sample : slice) {
            var time = start.plus(sample.offset());
            add(readings, "acceleration", sample.acceleration(), "m/s2", time);
            add(readings, "rotation", sample.rotation(), "rad/s", time);
            if (sample.activity().equals(activity)) continue;
            activity = sample.activity();
            readings.add(new Reading(ACTIVITY, time, new Value.Text(activity), ""));
        }
        return readings;
    }

    private static void add(
            List<Reading> readings, String property, Vector vector, String unit, Instant time) {
        readings.add(new Reading(property + "-x", time, new Quantity(vector.x()), unit));
        readings.add(new Reading(property + "-y", time, new Quantity(vector.y()), unit));
        readings.add(new Reading(property + "-z", time, new Quantity(vector.z()), unit));
    }

    private static boolean addExecution(String person, int execution, List<Sample> samples) {
        var name =
                "/recordings/sp-sw-har/%s/%s_%02d_sw.csv.gz".formatted(person, person, execution);
        try (var file = Recording.class.getResourceAsStream(name)) {
            if (file == null) return false;
            var text = new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8);
            addSamples(new BufferedReader(text), samples);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("reading the recording " + name, e);
        }
    }

    private static void addSamples(BufferedReader csv, List<Sample> samples) throws IOException {
        if (!HEADER.equals(csv.readLine())) throw new IOException("not the columns of sp-sw-har");
        var start = samples.isEmpty() ? Duration.ZERO : samples.getLast().offset().plus(STEP);
        var first = -1L;
        for (var line = csv.readLine(); line != null; line = csv.readLine()) {
            var cells = line.split(",", -1);
            var time = Long.parseLong(cells[6]);
            if (first < 0) first = time;
            samples.add(
                    new Sample(
                            start.plusMillis(time - first),
                            vector(cells, 0),
                            vector(cells, 3),
                            cells[7]));
        }
    }

    private static Vector vector(String[] cells, int from) {
        return new Vector(
                Double.parseDouble(cells[from]),
                Double.parseDouble(cells[from + 1]),
                Double.parseDouble(cells[from + 2]));
    }
}
