// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli.process;

import org.carnet.client.AccountKey;
import org.carnet.client.NodeClient;
import org.carnet.client.Trust;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A node as a process of its own, on loopback, for campaigns, benchmarks and tests.
///
/// It ends with the process that started it, and may be killed and started again in the same directory.
public final class NodeProcess implements AutoCloseable {
    private static final long STARTING_SECONDS = 180;
    private static final long STOPPING_SECONDS = 30;

    /// How the machine runs this process; another process of this program is run alike.
    private static final String TUNING = "-XX:";

    private static final String TOKEN = "#token=";

    /// By its name: the command line knows this package, and not the other way round.
    private static final String MAIN = "org.carnet.cli.Carnet";

    private final Path data;
    private final Path output;
    private final Path key;
    private final Process process;

    private NodeProcess(Path data, Path output, Path key, Process process) {
        this.data = data;
        this.output = output;
        this.key = key;
        this.process = process;
    }

    /// Starts a node and waits until it listens.
    ///
    /// @param directory holds its configuration, its output and, in `data`, what it keeps
    /// @param settings beside `data.directory`; ports are any free ones unless they are given
    /// @param options of its Java
    public static NodeProcess start(Path directory, Map<String, String> settings, String... options)
            throws IOException, InterruptedException {
        var node = launch(directory, settings, options);
        node.awaitStarted();
        return node;
    }

    /// Starts a node without waiting for it.
    ///
    /// @param options of its Java
    public static NodeProcess launch(
            Path directory, Map<String, String> settings, String... options) throws IOException {
        var data = directory.resolve("data");
        var all = new TreeMap<>(Map.of("http.port", "0", "mqtt.port", "off"));
        all.putAll(settings);
        all.put("data.directory", data.toString());
        var lines = new ArrayList<String>();
        all.forEach((name, value) -> lines.add(name + "=" + value));
        Files.createDirectories(directory);
        // The output shows the token.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        var config = Files.write(directory.resolve("node.properties"), lines);
        var output = directory.resolve("node.out");
        Files.deleteIfExists(data.resolve("ports.json"));
        var command =
                program(
                        List.of(options),
                        "up",
                        "--config",
                        config.toString(),
                        "--until-end-of-input");
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("CARNET_"));
        return new NodeProcess(data, output, directory.resolve("operator.key"), builder.start());
    }

    private static List<String> arguments() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /// The command that runs this same program once more.
    public static List<String> program(String... arguments) {
        return program(List.of(), arguments);
    }

    /// The same with options of its Java.
    public static List<String> program(List<String> options, String... arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        arguments().stream().filter(option -> option.startsWith(TUNING)).forEach(command::add);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Waits until the node listens and has said what its token is.
    public void awaitStarted() throws IOException, InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTING_SECONDS);
        while (Files.notExists(data.resolve("ports.json")) || !hasToken()) {
            if (!process.isAlive()) throw new IOException("a node ended: " + output + " says why");
            if (System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("a node has not started in time: " + output);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private boolean hasToken() throws IOException {
        return Files.readString(output).contains(TOKEN);
    }

    public Process process() {
        return process;
    }

    public Path data() {
        return data;
    }

    /// Where it listens by `http`, `tls` or `mqtt`.
    public InetSocketAddress address(String protocol) throws IOException {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), ports().path(protocol).asInt());
    }

    private JsonNode ports() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(data.resolve("ports.json")));
    }

    public URI url() throws IOException {
        return URI.create("http://127.0.0.1:" + address("http").getPort());
    }

    /// For whoever needs no permission.
    public NodeClient anybody() throws IOException {
        return NodeClient.open(url(), Trust.usual());
    }

    /// The management, by the key of the account that the first call opens.
    public NodeClient operator() throws IOException {
        return anybody().as(key());
    }

    /// The key of the first administrator's account; the token that opens it stands in the output of the first start.
    public synchronized AccountKey key() throws IOException {
        if (Files.exists(key)) return AccountKey.read(key);
        var made = AccountKey.generate("operator");
        try (var anybody = anybody()) {
            anybody.enrol(made, token());
        }
        made.write(key);
        return made;
    }

    public String token() throws IOException {
        for (var line : Files.readAllLines(output)) {
            int at = line.indexOf(TOKEN);
            if (at >= 0) return line.substring(at + TOKEN.length()).strip();
        }
        throw new IOException(output + " shows no token");
    }

    /// Ends it as a power cut ends a process: at once, with SIGKILL.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
