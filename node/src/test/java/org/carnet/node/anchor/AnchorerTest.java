// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Bringing checkpoints into the contract, whatever the chain does meanwhile; blocks come when the test says.
final class AnchorerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final GrowingLog LOG = new GrowingLog("example.com/log", "");

    @TempDir Path directory;
    private LocalChain local;
    private Account account;
    private Chain chain;
    private AnchorContract contract;
    private final MemoryAnchors store = new MemoryAnchors();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @BeforeEach
    void deploy() throws Exception {
        local = LocalChain.start();
        account = LocalChain.rich(directory);
        chain = local.open();
        var commands =
                new ChainCommands(
                        chain, account, 1000, 1, Duration.ofSeconds(30), InstantSource.system());
        contract = AnchorContract.at(chain, commands.deploy().contract());
        local.ask("evm_setAutomine", "[false]");
    }

    @AfterEach
    void stop() {
        local.close();
    }

    private Anchorer anchorer(int confirmations, int mostGwei) {
        return new Anchorer(
                contract,
                account,
                store,
                new Terms(confirmations, Payer.gwei(mostGwei), PATIENCE),
                () -> now);
    }

    private Anchorer anchorer() {
        return anchorer(1, 1000);
    }

    @Test
    void anAnchorCountsOnceItLiesAsDeepAsWasAskedFor() throws Exception {
        var anchorer = anchorer(3, 1000);
        assertThat(anchorer.begin(LOG.noteAt(10))).isInstanceOf(Progress.Sent.class);
        assertThat(anchorer.step()).isInstanceOf(Progress.Waiting.class);
        local.mine(2);
        assertThat(anchorer.step()).isInstanceOf(Progress.Waiting.class);
        local.mine(1);
        var done = done(anchorer.step());
        assertThat(done.anchored().checkpoint()).isEqualTo(LOG.at(10));
        anchorer.settled(done.anchored());
        assertThat(store.newest(Long.MAX_VALUE, 9)).containsExactly(done.anchored());
        assertThat(anchorer.begin(LOG.noteAt(10))).isEqualTo(new Progress.Nothing());
        assertThat(anchorer.begin(LOG.noteAt(9))).isEqualTo(new Progress.Nothing());
        assertThat(anchorer.begin(LOG.noteAt(11))).isInstanceOf(Progress.Sent.class);
    }

    @Test
    void aChainThatForgetsTheBlockGetsTheTransactionAgain() throws Exception {
        var anchorer = anchorer(2, 1000);
        anchorer.begin(LOG.noteAt(10));
        local.mine(1);
        assertThat(anchorer.step()).isInstanceOf(Progress.Waiting.class);
        assertThat(contract.anchors(LOG.origin())).hasSize(1);
        local.ask("anvil_rollback", "[1]");
        local.ask("anvil_dropAllTransactions", "[]");
        assertThat(contract.anchors(LOG.origin())).isEmpty();
        assertThat(anchorer.step()).isInstanceOf(Progress.Waiting.class);
        local.mine(2);
        anchorer.settled(done(anchorer.step()).anchored());
        assertThat(contract.anchors(LOG.origin())).hasSize(1);
    }

    @Test
    void aTransactionThatNoBlockTakesIsReplacedByOneThatOffersMore() throws Exception {
        var anchorer = anchorer();
        anchorer.begin(LOG.noteAt(10));
        var first = store.attempts().getFirst();
        now = now.plus(PATIENCE);
        assertThat(anchorer.step()).isInstanceOf(Progress.Sent.class);
        var second = store.attempts().getLast();
        assertThat(second.number()).isEqualTo(first.number());
        assertThat(second.fees().tip()).isGreaterThan(first.fees().tip());
        assertThat(second.fees().most()).isGreaterThan(first.fees().most());
        local.mine(1);
        var done = done(anchorer.step());
        assertThat(done.anchored().transaction()).isEqualTo(second.transaction().hash());
        anchorer.settled(done.anchored());
        assertThat(store.attempts()).isEmpty();
        assertThat(contract.anchors(LOG.origin())).hasSize(1);
    }

    @Test
    void aNumberThatAnotherTransactionUsedUpIsGivenUpAndTheAnchorBegunAnew() throws Exception {
        var anchorer = anchorer();
        anchorer.begin(LOG.noteAt(10));
        long number = store.attempts().getFirst().number();
        local.ask("anvil_dropAllTransactions", "[]");
        var data = AnchorContract.anchoring(new GrowingLog("example.com/else", "").at(1));
        var payer = new Payer(chain, account, Payer.gwei(1000));
        chain.send(payer.sign(contract.address(), data, number, 200_000, chain.fees()));
        local.mine(1);
        assertThat(anchorer.step()).isInstanceOf(Progress.Sent.class);
        assertThat(store.attempts())
                .singleElement()
                .extracting(Attempt::number)
                .isEqualTo(number + 1);
        local.mine(1);
        anchorer.settled(done(anchorer.step()).anchored());
        assertThat(contract.anchors(LOG.origin())).hasSize(1);
    }

    @Test
    void aNodeThatDiedBeforeSendingSendsWhatItKept() throws Exception {
        anchorer().begin(LOG.noteAt(10));
        local.ask("anvil_dropAllTransactions", "[]");
        var again = anchorer();
        assertThat(again.step()).isInstanceOf(Progress.Waiting.class);
        local.mine(1);
        again.settled(done(again.step()).anchored());
        assertThat(contract.anchors(LOG.origin())).hasSize(1);
    }

    @Test
    void aNodeThatLostItsDatabaseFindsItsAnchorOnTheChain() throws Exception {
        var before = anchorer();
        before.begin(LOG.noteAt(10));
        local.mine(1);
        var done = done(before.step());
        var lost = new MemoryAnchors();
        var terms = new Terms(1, Payer.gwei(1000), PATIENCE);
        var after = new Anchorer(contract, account, lost, terms, () -> now);
        assertThat(done(after.begin(LOG.noteAt(10))).anchored()).isEqualTo(done.anchored());
    }

    @Test
    void aCheckpointThatTheContractRefusesCostsNothing() throws Exception {
        var anchorer = anchorer();
        anchorer.begin(LOG.noteAt(10));
        local.mine(1);
        var balance = chain.balance(account.address());
        var lost = new MemoryAnchors();
        var terms = new Terms(1, Payer.gwei(1000), PATIENCE);
        var fork = new GrowingLog(LOG.origin(), "fork ");
        assertThatThrownBy(
                        () ->
                                new Anchorer(contract, account, lost, terms, () -> now)
                                        .begin(fork.noteAt(10)))
                .isInstanceOf(ChainFailure.class)
                .hasMessageContaining("the log was forked");
        assertThat(lost.attempts()).isEmpty();
        assertThat(chain.balance(account.address())).isEqualTo(balance);
    }

    @Test
    void aChainThatIsDownIsSaidAndWhatIsUnderWayGoesOnWhenItIsBack() throws Exception {
        var anchorer = anchorer();
        anchorer.begin(LOG.noteAt(10));
        local.mine(1);
        var nowhere = URI.create("http://127.0.0.1:1/secret-of-a-customer");
        assertThatThrownBy(() -> Chain.open(nowhere, local.http, LocalChain.ID))
                .isInstanceOf(ChainFailure.class)
                .hasMessage("the chain's node at 127.0.0.1:1 does not answer (ConnectException)");
        assertThat(store.attempts()).hasSize(1);
        assertThat(anchorer.step()).isInstanceOf(Progress.Done.class);
    }

    @Test
    void anotherChainThanTheOneThatWasMeantIsRefused() {
        assertThatThrownBy(() -> Chain.open(local.endpoint, local.http, 1))
                .isInstanceOf(ChainFailure.class)
                .hasMessage("the endpoint is of chain 31337, not of chain 1");
    }

    @Test
    void anAddressWithoutAContractIsRefused() {
        assertThatThrownBy(() -> AnchorContract.at(chain, account.address()))
                .isInstanceOf(ChainFailure.class)
                .hasMessageStartingWith("there is no contract at 0x");
    }

    @Test
    void anAccountThatCannotPayIsToldSoAndNothingIsKept() throws Exception {
        account = Account.create(directory.resolve("poor.key"), new SecureRandom());
        assertThatThrownBy(() -> anchorer().begin(LOG.noteAt(10)))
                .isInstanceOf(ChainFailure.class)
                .hasMessageStartingWith("the account " + account.address() + " has 0 wei")
                .hasMessageEndingWith("send it some");
        assertThat(store.attempts()).isEmpty();
    }

    @Test
    void aChainThatAsksMoreThanIsAllowedHasToWait() {
        assertThatThrownBy(() -> anchorer(1, 1).begin(LOG.noteAt(10)))
                .isInstanceOf(ChainFailure.class)
                .hasMessageStartingWith("a unit of gas may cost");
        assertThat(store.attempts()).isEmpty();
    }

    @Test
    void aKeyFileThatOthersCanReadIsRefused() throws Exception {
        var file = directory.resolve("rich.key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> Account.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is open to others (rw-r--r--)");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(Account.read(file).address()).isEqualTo(account.address());
        Files.writeString(file, "0x" + "0".repeat(64));
        assertThatThrownBy(() -> Account.read(file))
                .hasMessageContaining("is not the key of an account");
    }

    @Test
    void theCallIsSentAsItsPageShowsIt() throws Exception {
        var data = AnchorContract.anchoring(new GrowingLog("example.com/log", "").at(7));
        var page = Files.readString(Path.of("../docs/wire/anchor.md"));
        assertThat(page).contains(data.substring(2, 10) + " ");
        for (int at = 10; at < data.length(); at += 64) {
            assertThat(page).contains("\n" + data.substring(at, at + 64) + "  ");
        }
    }

    private static Progress.Done done(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Done.class);
        return (Progress.Done) progress;
    }
}
