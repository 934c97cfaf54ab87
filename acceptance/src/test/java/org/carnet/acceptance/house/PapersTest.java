// SPDX-License-Identifier: Apache-2.0
package org.carnet.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.carnet.cli.Carnet;
import org.junit.jupiter.api.Test;

import picocli.CommandLine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Reads the papers: what they point to is there, and the commands that they show exist.
class PapersTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ *(?:\\$ )?\\./carnet +(.*)$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)#([a-z]\\w*)`");
    private static final Set<String> SERVED = Set.of("/docs", "/openapi.json", "/asyncapi.yaml");
    private static final Pattern LAUNCHER_WORD = Pattern.compile("(?m)^  ([a-z]+)\\)$");

    private final CommandLine carnet = new CommandLine(new Carnet());

    @Test
    void everyLinkWithinTheRepositoryIsAlive() {
        var dead = new ArrayList<String>();
        for (var page : SourceTree.files(".md")) {
            var text = FENCE.matcher(SourceTree.read(page)).replaceAll("");
            LINK.matcher(text)
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.matches("(https?|mailto):.*") && !isAlive(page, link))
                    .forEach(link -> dead.add(page + " → " + link));
        }
        assertThat(dead).as("links that lead nowhere").isEmpty();
    }

    @Test
    void everyCommandInThePapersExists() {
        var unknown = new ArrayList<String>();
        for (var page : SourceTree.files(".md")) {
            for (var fence : FENCE.matcher(SourceTree.read(page)).results().toList()) {
                COMMAND.matcher(fence.group())
                        .results()
                        .filter(command -> !exists(command))
                        .forEach(command -> unknown.add(page + ": " + command.group().strip()));
            }
        }
        assertThat(unknown).as("commands or options that Carnet does not have").isEmpty();
    }

    /// Such as those that perform the attacks in SECURITY.md.
    @Test
    void everyTestThatThePapersNameExists() {
        var missing = new ArrayList<String>();
        int named = 0;
        for (var page : SourceTree.files(".md")) {
            for (var test : TEST.matcher(SourceTree.read(page)).results().toList()) {
                named++;
                if (!isTest(test.group(1), test.group(2))) missing.add(page + ": " + test.group());
            }
        }
        assertThat(missing).as("tests that do not exist").isEmpty();
        assertThat(named).isGreaterThan(60);
    }

    private static boolean isTest(String type, String method) {
        return SourceTree.files(type + ".java").stream()
                .filter(file -> file.endsWith(type + ".java") && SourceTree.isTest(file))
                .anyMatch(file -> SourceTree.read(file).contains(" void " + method + "("));
    }

    /// Follows the words from command to subcommand; every option must belong to the command it stands behind.
    private boolean exists(MatchResult match) {
        // A comment, a pipe or a second command on the line is not Carnet's.
        var words = List.of(match.group(1).split("\\s*[#|>&;].*|\\s+"));
        if (launcherWords().contains(words.getFirst())) return true;
        var command = carnet;
        for (var word : words) {
            var next = command.getSubcommands().get(word);
            if (next != null) {
                command = next;
            } else if (word.startsWith("-")) {
                if (command.getCommandSpec().findOption(word.split("=")[0]) == null) return false;
            } else if (command == carnet && !word.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> launcherWords() {
        return LAUNCHER_WORD
                .matcher(SourceTree.read(Path.of("carnet")))
                .results()
                .map(word -> word.group(1))
                .toList();
    }

    /// Pages of problems are also served by the node and point to what it serves.
    private static boolean isAlive(Path page, String link) {
        if (link.startsWith("/problems/")) return exists(Path.of("docs" + link + ".md"));
        if (link.startsWith("/")) return SERVED.contains(link);
        var parts = link.split("#", 2);
        var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        if (!exists(target)) return false;
        return parts.length == 1 || anchors(target).contains(parts[1]);
    }

    private static boolean exists(Path file) {
        return Files.exists(SourceTree.ROOT.resolve(file));
    }

    /// As GitHub makes them: lower case, without punctuation, hyphens for spaces.
    private static List<String> anchors(Path page) {
        return FENCE.matcher(SourceTree.read(page))
                .replaceAll("")
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase())
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
