// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.policies;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Policies as they lie in a directory: `*.cedar`, and beside them `cases.txt`.
///
/// @param policies the text of each file of policies, by its name
/// @param cases the text of the cases; empty if there is no such file
public record PolicyFiles(Map<String, String> policies, String cases) {
    /// What the policies are expected to answer.
    public static final String CASES = "cases.txt";

    private static final int MOST_FILES = 256;
    private static final int MOST_BYTES = 1 << 20;

    public PolicyFiles {
        policies = Map.copyOf(policies);
    }

    /// The policies that come with every node.
    public static PolicyFiles shipped() {
        var policies = new TreeMap<String, String>();
        for (var file : Shipped.FILES) {
            if (file.endsWith(".cedar")) policies.put(file, Shipped.text(file));
        }
        return new PolicyFiles(policies, Shipped.text(CASES));
    }

    /// @throws IOException also if the directory holds more than any set of policies would
    public static PolicyFiles read(Path directory) throws IOException {
        var policies = new TreeMap<String, String>();
        long bytes = 0;
        for (var file : files(directory)) {
            bytes += Files.size(file);
            if (bytes > MOST_BYTES || policies.size() > MOST_FILES) {
                throw new IOException(directory + " holds more than a set of policies would");
            }
            policies.put(String.valueOf(file.getFileName()), text(file));
        }
        var cases = policies.remove(CASES);
        return new PolicyFiles(policies, cases == null ? "" : cases);
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file.getFileName() + " is not UTF-8", e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        var files = new ArrayList<Path>();
        try (var listed = Files.newDirectoryStream(directory)) {
            for (var file : listed) {
                var name = String.valueOf(file.getFileName());
                if ((name.endsWith(".cedar") && !name.startsWith(".")) || name.equals(CASES))
                    files.add(file);
            }
        }
        return files;
    }

    /// The set that these files make: valid, and with the answers that its cases expect.
    public RuleBook.Reading read() {
        var reading = RuleBook.read(policies);
        if (!(reading instanceof RuleBook.Reading.Valid(RuleBook book))) return reading;
        var failed =
                PolicyCases.parse(cases).stream()
                        .flatMap(one -> one.run(new Slices(book)).stream())
                        .toList();
        return failed.isEmpty() ? reading : new RuleBook.Reading.Faulty(failed);
    }
}
