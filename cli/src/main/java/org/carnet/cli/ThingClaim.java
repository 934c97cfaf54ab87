// SPDX-License-Identifier: Apache-2.0
package org.carnet.cli;

import org.carnet.Bytes;
import org.carnet.client.Claim;
import org.carnet.client.Thing;
import org.carnet.identity.KeyFile;
import org.carnet.identity.SigningKey;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
import java.util.List;
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
            var claim = Claim.attest(client, thing, certificates(), device(), Instant.now());
            out.println(claim.code());
            out.flush();
            spec.commandLine()
                    .getErr()
                    .println(
                            "waiting until its owner says so, by "
                                    + claim.until()
                                    + ": carnet thing confirm "
                                    + claim.code());
            while (Instant.now().isBefore(claim.until())) {
                if (claim.isConfirmed()) {
                    out.println("claimed");
                    return Exit.OK;
                }
                Thread.sleep(PAUSE);
            }
        }
        throw new CommandFailed(Exit.REFUSED, "nobody confirmed it in time");
    }

    private SigningKey device() throws IOException {
        try {
            return KeyFile.read(Files.readString(deviceKey));
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(Exit.USAGE, deviceKey + ": " + e.getMessage());
        }
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
