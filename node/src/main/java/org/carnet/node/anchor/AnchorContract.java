// SPDX-License-Identifier: Apache-2.0
package org.carnet.node.anchor;

import org.carnet.Bytes;
import org.carnet.log.Checkpoint;
import org.carnet.log.Hash;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.Log;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// `CheckpointAnchor`, deployed on a chain (`contracts/CheckpointAnchor.sol`): what is sent to it and what it says.
public final class AnchorContract {
    private static final int WORD = 64;
    private static final int ANCHOR_WORDS = 4;

    private final Chain chain;
    private final Address address;

    private AnchorContract(Chain chain, Address address) {
        this.chain = chain;
        this.address = address;
    }

    /// @throws ChainFailure if there is no contract at that address
    public static AnchorContract at(Chain chain, Address address) throws IOException {
        if (!chain.hasContract(address)) {
            throw new ChainFailure(
                    "there is no contract at %s on chain %d".formatted(address, chain.id()));
        }
        return new AnchorContract(chain, address);
    }

    /// What makes the contract, as solc compiled it.
    static String creation() {
        var name = "CheckpointAnchor.json";
        try (var resource = AnchorContract.class.getResourceAsStream(name)) {
            var compiled = JsonMapper.shared().readTree(Objects.requireNonNull(resource, name));
            return compiled.path("bytecode").stringValue();
        } catch (IOException impossible) {
            throw new IllegalStateException(name, impossible);
        }
    }

    public Address address() {
        return address;
    }

    public Chain chain() {
        return chain;
    }

    /// What to send to anchor a checkpoint.
    static String anchoring(Checkpoint checkpoint) {
        return encode(
                "anchor",
                key(checkpoint.origin()),
                new Uint64(checkpoint.size()),
                new Bytes32(checkpoint.root().bytes().unsafeArray()));
    }

    /// Every anchor of an origin, oldest first, as they are at the newest block.
    public List<Anchor> anchors(String origin) throws IOException {
        long block = chain.head();
        long count = word(chain.call(address, encode("count", key(origin)), block), 0);
        var anchors = new ArrayList<Anchor>();
        for (long index = 0; index < count; index++) {
            var question = encode("anchorAt", key(origin), new Uint256(BigInteger.valueOf(index)));
            anchors.add(anchor(index, chain.call(address, question, block)));
        }
        return anchors;
    }

    /// The newest anchor of an origin, if there is one.
    Optional<Anchor> latest(String origin) throws IOException {
        long block = chain.head();
        long count = word(chain.call(address, encode("count", key(origin)), block), 0);
        if (count == 0) return Optional.empty();
        return Optional.of(
                anchor(count - 1, chain.call(address, encode("latest", key(origin)), block)));
    }

    /// The transaction that brought an anchor, by the event that it left.
    Optional<String> transaction(String origin, Anchor anchor) throws IOException {
        var when = DefaultBlockParameter.valueOf(BigInteger.valueOf(anchor.block()));
        var filter = new EthFilter(when, when, address.text());
        filter.addSingleTopic(
                EventEncoder.buildEventSignature("Anchored(bytes32,uint256,uint64,bytes32)"));
        filter.addSingleTopic("0x" + sha256(origin).toHex());
        filter.addSingleTopic("0x%064x".formatted(anchor.index()));
        return Chain.result(chain.web3j().ethGetLogs(filter)).getLogs().stream()
                .map(found -> ((Log) found.get()).getTransactionHash())
                .findFirst();
    }

    private static Anchor anchor(long index, String answer) throws ChainFailure {
        if (answer.length() != "0x".length() + ANCHOR_WORDS * WORD) {
            throw new ChainFailure("the contract does not answer as CheckpointAnchor does");
        }
        int root = "0x".length() + (ANCHOR_WORDS - 1) * WORD;
        return new Anchor(
                index,
                word(answer, 0),
                new Hash(Bytes.hex(answer.substring(root))),
                Instant.ofEpochSecond(word(answer, 1)),
                word(answer, 2));
    }

    /// The number in a word of an answer.
    private static long word(String answer, int index) throws ChainFailure {
        int start = "0x".length() + index * WORD;
        try {
            return new BigInteger(answer.substring(start, start + WORD), 16).longValueExact();
        } catch (IndexOutOfBoundsException | ArithmeticException | NumberFormatException foreign) {
            throw new ChainFailure("the contract does not answer as CheckpointAnchor does");
        }
    }

    private static String encode(String function, Type<?>... arguments) {
        return FunctionEncoder.encode(
                new org.web3j.abi.datatypes.Function(function, List.of(arguments), List.of()));
    }

    private static Bytes32 key(String origin) {
        return new Bytes32(sha256(origin).unsafeArray());
    }

    private static Bytes sha256(String origin) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return Bytes.unsafe(digest.digest(origin.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
