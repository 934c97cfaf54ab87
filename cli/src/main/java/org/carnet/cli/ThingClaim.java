// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.attestation.Eat;
import org.carnet.attestation.Evidence;
import org.carnet.client.NodeClient;
import org.carnet.client.Thing;
import org.carnet.identity.KeyFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/// What a device does to come to its owner.
@Command(
        name = "claim",
        description = "Attests to a node, shows a code, and waits until an owner confirms it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = "%nThe owner says the code with 'carnet thing confirm'.")
final class ThingClaim implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIRECTORY", description = "Where the thing lives.")
    private Path directory = Path.of("");

    @Mixin private NodeOptions node = new NodeOptions();

    @Option(
            names = "--chain",
            paramLabel = "PEM",
            required = true,
            description = "The certificate that its maker gave it, and those above it.")
    private Path chain = Path.of("");

    @Option(
            names = "--device-key",
            paramLabel = "FILE",
            required = true,
            description = "The key of that certificate, as a private JWK.")
    private Path deviceKey = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        try (var thing = Thing.open(directory);
                var client = node.anybody()) {
            var asked = client.post("claims", Map.of());
            var claim = "claims/" + asked.path("id").asString();
            var shown = client.post(claim + "/attestation", evidence(thing, asked));
            out.println(shown.path("code").asString());
            out.flush();
            var until = Instant.parse(shown.path("until").asString());
            while (Instant.now().isBefore(until)) {
                if (isClaimed(client, claim)) {
                    out.println("claimed");
                    return Exit.OK;
                }
                Thread.sleep(PAUSE);
            }
        }
        throw new CommandFailed(Exit.REFUSED, "nobody confirmed it in time");
    }

    private static boolean isClaimed(NodeClient client, String claim) throws IOException {
        return client.get(claim).path("state").asString().equals("claimed");
    }

    private Map<String, Object> evidence(Thing thing, JsonNode asked) throws IOException {
        var certificates = certificates();
        var device = KeyFile.read(Files.readString(deviceKey));
        var claims =
                new Eat(
                        Bytes.base64Url(asked.path("nonce").asString()),
                        Optional.empty(),
                        Optional.of(thing.id()),
                        Optional.of(Instant.now()),
                        Optional.of(true),
                        Optional.of(Eat.Debug.DISABLED),
                        Optional.of("carnet"),
                        Optional.empty());
        var made = thing.attest(new Evidence.Chain(certificates), claims, device);
        var body = new LinkedHashMap<String, Object>();
        body.put("chain", certificates.stream().map(Bytes::toBase64).toList());
        body.put("attestation", made.attestation().toUtf8());
        made.possession().ifPresent(own -> body.put("possession", own.toUtf8()));
        body.put("thingDescription", thing.description());
        body.put("route", "direct");
        return body;
    }

    private List<Bytes> certificates() throws IOException {
        try (var pem = Files.newInputStream(chain)) {
            var all = new ArrayList<Bytes>();
            for (Certificate one :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                all.add(Bytes.unsafe(one.getEncoded()));
            }
            return all;
        } catch (CertificateEncodingException e) {
            throw new IOException(chain + " cannot be written in DER", e);
        } catch (CertificateException e) {
            throw new IOException(chain + " holds no certificates in PEM", e);
        }
    }
}
