// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.jspecify.annotations.Nullable;
import org.web3j.crypto.RawTransaction;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// An EVM chain through the JSON-RPC of one of its nodes, which is believed as far as the operator chose it.
///
/// Whatever fails is a [ChainFailure] of one sentence.
public final class Chain {
    private final Web3j web3j;
    private final long id;

    private Chain(Web3j web3j, long id) {
        this.web3j = web3j;
        this.id = id;
    }

    /// Opens the chain behind an endpoint and asks which it is.
    public static Chain open(URI endpoint, HttpClient http) throws IOException {
        var web3j = Web3j.build(new JsonRpc(endpoint, http));
        return new Chain(web3j, result(web3j.ethChainId()).getChainId().longValueExact());
    }

    /// @throws ChainFailure if it is not the chain that was meant
    public static Chain open(URI endpoint, HttpClient http, long id) throws IOException {
        var chain = open(endpoint, http);
        if (chain.id != id) {
            throw new ChainFailure(
                    "the endpoint is of chain %d, not of chain %d".formatted(chain.id, id));
        }
        return chain;
    }

    public long id() {
        return id;
    }

    /// The number of the newest block.
    long head() throws IOException {
        return result(web3j.ethBlockNumber()).getBlockNumber().longValueExact();
    }

    Fees fees() throws IOException {
        var latest =
                result(web3j.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                        .getBlock();
        if (latest.getBaseFeePerGasRaw() == null) {
            throw new ChainFailure("the chain has no base fee: it is older than EIP-1559");
        }
        var tip = result(web3j.ethMaxPriorityFeePerGas()).getMaxPriorityFeePerGas();
        return Fees.of(latest.getBaseFeePerGas(), tip);
    }

    /// What the block says the time was.
    Instant time(long block) throws IOException {
        var when = DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
        var found = result(web3j.ethGetBlockByNumber(when, false)).getBlock();
        if (found == null) throw new ChainFailure("the chain has lost block " + block);
        return Instant.ofEpochSecond(found.getTimestamp().longValueExact());
    }

    BigInteger balance(Address account) throws IOException {
        return result(web3j.ethGetBalance(account.text(), DefaultBlockParameterName.LATEST))
                .getBalance();
    }

    /// The number of the account's next transaction, those that wait included.
    long next(Address account) throws IOException {
        return count(account, DefaultBlockParameterName.PENDING);
    }

    /// How many of the account's transactions are in blocks.
    long mined(Address account) throws IOException {
        return count(account, DefaultBlockParameterName.LATEST);
    }

    private long count(Address account, DefaultBlockParameter when) throws IOException {
        return result(web3j.ethGetTransactionCount(account.text(), when))
                .getTransactionCount()
                .longValueExact();
    }

    /// What a contract answers at a block, as hex.
    String call(Address contract, String question, long block) throws IOException {
        var transaction = Transaction.createEthCallTransaction(null, contract.text(), question);
        var when = DefaultBlockParameter.valueOf(BigInteger.valueOf(block));
        return Objects.requireNonNullElse(
                result(web3j.ethCall(transaction, when)).getValue(), "0x");
    }

    /// How much gas a transaction needs; one that would be refused is refused here, before it costs anything.
    ///
    /// @param to a contract, or null to make one
    long estimate(Address from, @Nullable Address to, String data) throws IOException {
        var transaction =
                new Transaction(
                        from.text(), null, null, null, to == null ? null : to.text(), null, data);
        return result(web3j.ethEstimateGas(transaction)).getAmountUsed().longValueExact();
    }

    boolean hasContract(Address address) throws IOException {
        var code =
                result(web3j.ethGetCode(address.text(), DefaultBlockParameterName.LATEST))
                        .getCode();
        return code != null && code.length() > "0x".length();
    }

    /// Sends it; a chain that has it already is content.
    void send(SignedTransaction transaction) throws IOException {
        var response = web3j.ethSendRawTransaction(transaction.raw()).send();
        if (!response.hasError()) return;
        var message = String.valueOf(response.getError().getMessage());
        if (message.contains("already known") || message.contains("already imported")) return;
        throw failure(response.getError());
    }

    Optional<Mined> mined(String transaction) throws IOException {
        return result(web3j.ethGetTransactionReceipt(transaction))
                .getTransactionReceipt()
                .map(
                        receipt ->
                                new Mined(
                                        transaction,
                                        receipt.getBlockNumber().longValueExact(),
                                        receipt.getBlockHash(),
                                        receipt.isStatusOK(),
                                        receipt.getGasUsed().longValueExact(),
                                        Optional.ofNullable(receipt.getContractAddress())
                                                .map(Address::new)));
    }

    /// @param to a contract, or null to make one
    RawTransaction transaction(
            long number, @Nullable Address to, String data, long gas, Fees fees) {
        return RawTransaction.createTransaction(
                id,
                BigInteger.valueOf(number),
                BigInteger.valueOf(gas),
                to == null ? null : to.text(),
                BigInteger.ZERO,
                data,
                fees.tip(),
                fees.most());
    }

    Web3j web3j() {
        return web3j;
    }

    static <T extends Response<?>> T result(Request<?, T> request) throws IOException {
        T response;
        try {
            response = request.send();
        } catch (ChainFailure failure) {
            throw failure;
        } catch (IOException | RuntimeException malformed) {
            throw new ChainFailure(
                    "the chain's node answers %s with something else"
                            .formatted(request.getMethod()));
        }
        if (response.hasError()) throw failure(response.getError());
        return response;
    }

    private static ChainFailure failure(Response.Error error) {
        // web3j leaves the quotation marks of JSON where they are.
        return Refusal.of(String.valueOf(error.getData()).replace("\"", ""))
                .map(refusal -> new ChainFailure("the contract refuses: " + refusal))
                .orElseGet(
                        () ->
                                new ChainFailure(
                                        "the chain's node refuses: "
                                                + bounded(error.getMessage())));
    }

    /// What others say is shown, but not at any length, and on one line.
    private static String bounded(@Nullable String message) {
        var text = String.valueOf(message).replaceAll("\\p{Cntrl}+", " ");
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
