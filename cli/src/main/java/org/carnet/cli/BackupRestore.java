// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.node.backup.Backup;
import org.carnet.node.backup.BackupDamaged;
import org.carnet.node.backup.Restore;
import org.carnet.node.backup.Tables;
import org.carnet.node.database.Database;
import org.carnet.node.mirror.MirrorCopy;
import org.carnet.node.settings.Settings;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/// Rebuilds a node from its backup.
@Command(
        name = "restore",
        description = "Rebuilds a node from its backup, into an empty data directory.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "%nA node goes on only with a log that lacks nothing of what is known to be published:",
            "give --mirror, --published, or --accept-loss. Everything else can be looked at with",
            "'carnet verify'. Interrupted, it goes on when the same command is given again."
        })
final class BackupRestore implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private BackupCommand.Source source = new BackupCommand.Source();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings of the node, for its data directory and database.")
    private @Nullable Path config;

    @Option(
            names = "--into",
            paramLabel = "DIR",
            description = "Another data directory than that of the settings.")
    private @Nullable Path into;

    @Option(
            names = "--to-record",
            paramLabel = "N",
            description = "Only the records before N, to look at.")
    private @Nullable Long toRecord;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Only the records up to a time such as 2026-11-20T12:00:00Z, to look at.")
    private @Nullable Instant toTime;

    @Option(
            names = "--mirror",
            paramLabel = "URL",
            description =
                    "A node that mirrors the log: it has what came after the backup, and tells what"
                            + " it saw as a witness.")
    private @Nullable URI mirror;

    @Option(
            names = "--published",
            paramLabel = "FILE",
            description = "A checkpoint of the log that was seen elsewhere, as at a witness.")
    private List<Path> published = List.of();

    @Option(
            names = "--accept-loss",
            description = "Go on although nobody was asked what was published after the backup.")
    private boolean acceptLoss;

    @Override
    public Integer call() throws IOException {
        var settings = settings();
        var directory = into == null ? settings.dataDirectory() : into;
        var out = spec.commandLine().getOut();
        try (var storage = source.open()) {
            var backup = Backup.open(storage, source.key());
            if (backup.isEmpty()) {
                throw new CommandFailed(Exit.UNAVAILABLE, "no backup at " + storage.place());
            }
            var restore =
                    new Restore(
                            backup.get(),
                            directory,
                            settings.storage().segmentBytes(),
                            InstantSource.system());
            var restored = records(restore, backup.get());
            if (restored.inspectOnly().isEmpty() || settings.database().embedded()) {
                try (var database = Database.open(database(settings), directory)) {
                    restore.tables(new Tables(database.dataSource()), restored);
                }
            }
            restore.finish(restored);
            tell(out, directory, restored);
            return restored.missing() > 0 && toRecord == null && toTime == null
                    ? Exit.CHECK_FAILED
                    : Exit.OK;
        } catch (BackupDamaged damaged) {
            out.println("not restored: " + damaged.getMessage());
            return Exit.CHECK_FAILED;
        }
    }

    private Restore.Restored records(Restore restore, Backup backup) throws IOException {
        var seen = new ArrayList<Bytes>();
        for (var file : published) seen.add(Bytes.unsafe(Files.readAllBytes(file)));
        if (mirror == null) return restore.records(request(seen), null);
        var origin = backup.summary().origin();
        try (var copy = new MirrorCopy(mirror, source.trust().trust(), origin)) {
            copy.witnessed().ifPresent(seen::add);
            return restore.records(request(seen), copy);
        }
    }

    private Settings settings() throws IOException {
        var environment = System.getenv();
        return config == null ? Settings.read(environment) : Settings.read(config, environment);
    }

    /// The database of the settings, or beside another directory one of its own.
    private Settings.Database database(Settings settings) {
        return into == null || !settings.database().embedded()
                ? settings.database()
                : Settings.of(Map.of("data.directory", into.toString())).database();
    }

    private Restore.Request request(List<Bytes> seen) {
        return new Restore.Request(
                toRecord == null ? OptionalLong.empty() : OptionalLong.of(toRecord),
                Optional.ofNullable(toTime),
                seen,
                acceptLoss);
    }

    private static void tell(PrintWriter out, Path directory, Restore.Restored restored) {
        out.println("restored " + restored.records() + " records into " + directory);
        out.println("  root     " + restored.root());
        if (restored.fromCopy() > 0) {
            out.println("  mirror   gave the last " + restored.fromCopy() + " of them");
        }
        out.println("  known    the log signed " + restored.newest() + " records");
        if (restored.missing() > 0) {
            out.println(
                    "  MISSING  records %d to %d"
                            .formatted(restored.records(), restored.newest() - 1));
        }
        out.println(
                restored.inspectOnly()
                        .map(why -> "No node may go on with it: " + why + ".")
                        .orElse("A node can go on with it."));
    }
}
