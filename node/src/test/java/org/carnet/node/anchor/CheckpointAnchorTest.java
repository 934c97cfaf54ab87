// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.carnet.log.Checkpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The rules of the contract, on a real chain.
final class CheckpointAnchorTest {
    private static final BigInteger FEE = Payer.gwei(1000);

    @TempDir static Path directory;
    private static LocalChain local;
    private static Chain chain;
    private static Account owner;
    private static ChainCommands.Deployed deployed;
    private static AnchorContract contract;

    @BeforeAll
    static void deploy() throws Exception {
        local = LocalChain.start();
        chain = local.open();
        owner = LocalChain.rich(directory);
        var commands =
                new ChainCommands(
                        chain, owner, 1000, 1, Duration.ofSeconds(30), InstantSource.system());
        deployed = commands.deploy();
        contract = AnchorContract.at(chain, deployed.contract());
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Test
    void theBytesInTheNodeAreWhatTheCompilerMakesOfTheSource() throws Exception {
        assertThat(LocalChain.CONTRACTS.resolve("node_modules/solc"))
                .as("solc is not installed: run ./carnet test, or npm ci in contracts/")
                .isDirectory();
        var made = directory.resolve("compiled.json");
        var compiler =
                new ProcessBuilder("node", "compile.js", made.toString())
                        .directory(LocalChain.CONTRACTS.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor()).as(said).isZero();
        try (var kept = AnchorContract.class.getResourceAsStream("CheckpointAnchor.json")) {
            assertThat(new String(kept.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(Files.readString(made));
        }
    }

    @Test
    void anchorsComeBackAsTheyWereGiven() throws Exception {
        var log = new GrowingLog("example.com/growing", "");
        long first = anchor(owner, log.at(5));
        long next = anchor(owner, log.at(300));
        anchor(owner, log.at(301));
        System.out.printf(
                "gas: deploy %d, first anchor of an origin %d, each next %d%n",
                deployed.gas(), first, next);
        var anchors = contract.anchors(log.origin());
        assertThat(anchors).extracting(Anchor::size).containsExactly(5L, 300L, 301L);
        assertThat(anchors).extracting(Anchor::index).containsExactly(0L, 1L, 2L);
        assertThat(anchors)
                .extracting(Anchor::root)
                .containsExactly(log.at(5).root(), log.at(300).root(), log.at(301).root());
        assertThat(anchors).extracting(Anchor::block).isSorted().doesNotHaveDuplicates();
        assertThat(contract.latest(log.origin())).contains(anchors.getLast());
        assertThat(contract.transaction(log.origin(), anchors.getLast()))
                .hasValueSatisfying(hash -> assertThat(hash).matches("0x[0-9a-f]{64}"));
        assertThat(chain.time(anchors.getLast().block())).isEqualTo(anchors.getLast().time());
    }

    @Test
    void nothingIsAnchoredOfAnOriginThatNobodyBegan() throws Exception {
        assertThat(contract.anchors("example.com/unknown")).isEmpty();
        assertThat(contract.latest("example.com/unknown")).isEmpty();
    }

    @Test
    void whatBreaksTheRulesIsRefusedAndChangesNothing() throws Exception {
        var log = new GrowingLog("example.com/ruled", "");
        var fork = new GrowingLog("example.com/ruled", "other ");
        anchor(owner, log.at(7));
        assertRefused(owner, log.at(6), "a checkpoint of 7 records is anchored, which is more");
        assertRefused(owner, log.at(7), "the checkpoint of 7 records is anchored already");
        assertRefused(
                owner, fork.at(7), "another root is anchored for 7 records: the log was forked");
        assertRefused(owner, log.at(0), "an empty tree proves nothing");
        assertRefused(stranger(), log.at(8), "another account anchored this origin first");
        assertThat(contract.anchors(log.origin())).hasSize(1);
    }

    /// An estimate is refused by whoever is asked; a transaction that is sent all the same is refused by the chain.
    @Test
    void theChainItselfRefusesWhatIsSentWithoutAsking() throws Exception {
        var log = new GrowingLog("example.com/stubborn", "");
        anchor(owner, log.at(7));
        var data = AnchorContract.anchoring(log.at(6));
        var transaction =
                chain.transaction(
                        chain.next(owner.address()),
                        contract.address(),
                        data,
                        200_000,
                        chain.fees());
        var signed = owner.sign(chain.id(), transaction);
        chain.send(signed);
        assertThat(mined(signed).done()).isFalse();
        assertThat(contract.anchors(log.origin())).hasSize(1);
    }

    @Test
    void anOriginIsHandedOverInTwoStepsAndOnlyToWhomItWasOffered() throws Exception {
        var log = new GrowingLog("example.com/handed", "");
        var heir = stranger();
        anchor(owner, log.at(1));
        assertThatThrownBy(() -> send(heir, call("takeOver", key(log))))
                .hasMessageContaining("nobody has offered this origin to the account");
        var offer =
                call(
                        "handOver",
                        key(log),
                        new org.web3j.abi.datatypes.Address(heir.address().text()));
        assertThatThrownBy(() -> send(heir, offer))
                .hasMessageContaining("another account anchored this origin first");
        send(owner, offer);
        anchor(owner, log.at(2));
        send(heir, call("takeOver", key(log)));
        anchor(heir, log.at(3));
        assertRefused(owner, log.at(4), "another account anchored this origin first");
        assertThat(contract.anchors(log.origin())).hasSize(3);
    }

    private static void assertRefused(Account account, Checkpoint checkpoint, String why) {
        assertThatThrownBy(() -> anchor(account, checkpoint))
                .isInstanceOf(ChainFailure.class)
                .hasMessage("the contract refuses: " + why);
    }

    private static long anchor(Account account, Checkpoint checkpoint) throws Exception {
        return send(account, AnchorContract.anchoring(checkpoint));
    }

    private static long send(Account account, String data) throws Exception {
        var payer = new Payer(chain, account, FEE);
        long gas = payer.gas(contract.address(), data);
        var signed = payer.sign(contract.address(), data, payer.next(), gas, chain.fees());
        chain.send(signed);
        return mined(signed).gas();
    }

    private static Mined mined(SignedTransaction transaction) throws Exception {
        for (int tries = 0; tries < 50; tries++) {
            var mined = chain.mined(transaction.hash());
            if (mined.isPresent()) return mined.get();
            local.mine(1);
        }
        throw new AssertionError("no block takes the transaction");
    }

    /// Another account, with coins.
    private static Account stranger() throws Exception {
        var account =
                Account.create(
                        Files.createTempDirectory(directory, "stranger").resolve("key"),
                        new SecureRandom());
        local.ask(
                "anvil_setBalance", "[\"%s\",\"0x8ac7230489e80000\"]".formatted(account.address()));
        return account;
    }

    private static Bytes32 key(GrowingLog log) throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        return new Bytes32(digest.digest(log.origin().getBytes(StandardCharsets.UTF_8)));
    }

    private static String call(String function, Type<?>... arguments) {
        return FunctionEncoder.encode(
                new org.web3j.abi.datatypes.Function(function, List.of(arguments), List.of()));
    }
}
